import NbrunDiagnostics
import NbrunReporting

/// The options of a run that do not change what is computed.
struct RunSettings: Sendable {
  let isFresh: Bool
  let keepsGoing: Bool
  let allowsStandIn: Bool
  let formats: Set<ReportFormat>
  /// Whether files of a report stay as they are when nothing but volatile values changed.
  let keepsReports: Bool
  let junit: NamedFile?
  let detail: RunView.Detail

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    isFresh = arguments.fresh
    keepsGoing = arguments.keepGoing
    allowsStandIn = arguments.standIn
    junit = arguments.junit.map(NamedFile.junit)
    detail = arguments.detail
    if arguments.stable, arguments.noStable { throw .error("--stable and --no-stable contradict each other") }
    formats = arguments.format ?? Set(ReportFormat.usual)
    keepsReports = !arguments.noStable
  }
}

extension ParsedArguments {
  var detail: RunView.Detail { self.quiet ? .quiet : self.verbose ? .verbose : .normal }
}
