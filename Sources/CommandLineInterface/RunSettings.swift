import Diagnostics
import Reporting

/// The options of a run that do not change what is computed.
struct RunSettings: Sendable {
  let isFresh: Bool
  let keepsGoing: Bool
  let allowsStandIn: Bool
  let report: ReportOptions
  let junit: String?
  let detail: RunView.Detail

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    isFresh = arguments.has("--fresh")
    keepsGoing = arguments.has("--keep-going")
    allowsStandIn = arguments.has("--stand-in")
    junit = arguments.value("--junit")
    detail = arguments.has("--quiet") ? .quiet : arguments.has("--verbose") ? .verbose : .normal
    report = ReportOptions(
      formats: try Self.formats(arguments.value("--format")), isStable: arguments.has("--stable"))
  }

  private static func formats(_ list: String?) throws(Diagnostic) -> Set<ReportFormat> {
    guard let list else { return Set(ReportFormat.allCases) }
    var formats: Set<ReportFormat> = []
    for word in list.split(separator: ",") {
      guard let format = ReportFormat(rawValue: String(word)) else {
        let valid = ReportFormat.allCases.map(\.rawValue)
        throw .error("--format takes a list of \(valid.joined(separator: ", ")); \"\(word)\" is none of them")
      }
      formats.insert(format)
    }
    if formats.isEmpty { throw .error("--format needs at least one of html, md, ipynb") }
    return formats
  }
}
