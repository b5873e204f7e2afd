/// What has changed between two runs of a cell, in words for the user. A pure function.
enum KeyComparison {
  /// Each part of `new` that is not as in `old`.
  static func changes(from old: CellKeyParts, to new: CellKeyParts) -> [String] {
    var changes: [String] = []
    func note(_ what: String, _ old: String, _ new: String) {
      if old != new { changes.append("\(what): \(brief(old)) → \(brief(new))") }
    }
    note("step", old.step.text, new.step.text)
    for key in Set(old.parameters.keys).union(new.parameters.keys).sorted() {
      note("parameter \(key)", old.parameters[key] ?? "absent", new.parameters[key] ?? "absent")
    }
    note("seed", String(old.seed), String(new.seed))
    for key in Set(old.inputs.keys).union(new.inputs.keys).sorted() where old.inputs[key] != new.inputs[key] {
      changes.append("input \(key): the cell that it comes from changed")
    }
    for source in Set(old.data.keys).union(new.data.keys).sorted() {
      let (before, after) = (old.data[source] ?? [:], new.data[source] ?? [:])
      let files = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
      if !files.isEmpty { changes.append("data \(source): \(files.joined(separator: ", "))") }
    }
    note("numeric variant", old.numerics, new.numerics)
    note("compiler", old.compiler, new.compiler)
    if old.code != new.code { changes.append("code") }
    if old.format != new.format { changes.append("the form of stored results") }
    return changes
  }

  private static func brief(_ value: String) -> String {
    value.count > 40 ? "\(value.prefix(30))… (\(value.count) characters)" : value
  }
}
