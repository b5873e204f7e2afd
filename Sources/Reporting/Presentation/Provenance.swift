/// One line of a report's appendix.
struct ProvenanceEntry: Sendable, Equatable {
  /// A value of the line.
  enum Value: Sendable, Equatable {
    case text(String)
    /// A path or a command.
    case code(String)
    /// What a digest is of, and the digest.
    case digest(String, String)
  }

  /// What the line says.
  var name: String
  /// What is said of it.
  var values: [Value]
}

extension Report {
  /// What computed the numbers, from what, and how to compute them again.
  var provenance: [ProvenanceEntry] {
    let environment = record.environment
    var entries = [
      ProvenanceEntry(name: "Again", values: [.code(command)]),
      ProvenanceEntry(
        name: "Notebook", values: [.code(record.notebook), .digest("SHA-256", record.digest.description)]),
      ProvenanceEntry(
        name: "Program", values: [.text("nbrun \(environment.version), \(environment.toolchain)")]),
      ProvenanceEntry(
        name: "Machine",
        values: [
          .text(
            "\(environment.machine); \(record.numerics) arithmetic, \(NumberText.count(environment.threads, "thread"))")
        ]),
    ]
    if !record.cells.isEmpty {
      entries.append(ProvenanceEntry(name: "Seed", values: [.text(seeds)]))
    }
    for (name, data) in record.data.sorted(by: { $0.key < $1.key }) {
      let origin =
        data.isStandIn
        ? "a synthetic stand-in" : data.isOriginal ? "the authors' files" : "files that are not the authors'"
      let digests = data.files.sorted { $0.key < $1.key }
      entries.append(
        ProvenanceEntry(
          name: "Data \(name)",
          values: [.text(origin)] + digests.map { .digest($0.key, $0.value.description) }))
    }
    return entries
  }
}
