/// What has changed between two runs of a cell, in words for the user. A pure function.
enum KeyComparison {
  static func changes(from old: CellKeyParts, to new: CellKeyParts) -> [CacheStatus.Reason] {
    var changes: [CacheStatus.Reason] = []
    func note(_ part: CacheStatus.Part, _ what: String, _ old: String, _ new: String) {
      if old != new { changes.append(.changed(part, "\(what): \(brief(old)) → \(brief(new))")) }
    }
    note(.step, "step", old.step.text, new.step.text)
    for key in Set(old.parameters.keys).union(new.parameters.keys).sorted() {
      note(.parameter, "parameter \(key)", old.parameters[key] ?? "absent", new.parameters[key] ?? "absent")
    }
    note(.seed, "seed", String(old.seed), String(new.seed))
    for key in Set(old.inputs.keys).union(new.inputs.keys).sorted() where old.inputs[key] != new.inputs[key] {
      changes.append(.changed(.input, "input \(key): the cell that it comes from changed"))
    }
    for source in Set(old.data.keys).union(new.data.keys).sorted() {
      let (before, after) = (old.data[source] ?? [:], new.data[source] ?? [:])
      let files = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
      if !files.isEmpty { changes.append(.changed(.data, "data \(source): \(files.joined(separator: ", "))")) }
    }
    note(.numerics, "numeric variant", old.numerics, new.numerics)
    note(.compiler, "compiler", old.compiler, new.compiler)
    if old.code != new.code { changes.append(.changed(.code, "code")) }
    if old.format != new.format { changes.append(.changed(.format, "the form of stored results")) }
    return changes
  }

  private static func brief(_ value: String) -> String {
    value.count > 40 ? "\(value.prefix(30))… (\(value.count) characters)" : value
  }
}
