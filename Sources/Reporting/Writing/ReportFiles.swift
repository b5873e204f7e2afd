import Plotting

/// Every file of a report, by its path below the output folder: a pure function, for writing them and for comparing them with
/// those that are there.
public struct ReportFiles: Sendable, Equatable {
  /// Each file's text.
  public let texts: [String: String]
  /// What the results file holds.
  public let results: ResultsFile

  /// The files of `report` in the given forms.
  public init(_ report: Report, formats: Set<ReportFormat> = Set(ReportFormat.allCases)) {
    var texts: [String: String] = [:]
    for cell in report.record.cells {
      for figure in cell.outcome.results?.figures ?? [] {
        let mark = report.marks.block(if: figure.isVolatile)
        texts[FigureFile.path(cell: cell.id, figure: figure.name)] = mark ?? figure.figure.svg(.standalone).string
      }
    }
    if formats.contains(.html) { texts[HTMLReport.fileName] = HTMLReport.text(report) }
    if formats.contains(.markdown) { texts[MarkdownReport.fileName] = MarkdownReport.text(report) }
    if formats.contains(.jupyter) { texts[JupyterReport.fileName] = JupyterReport.text(report) }
    var results = ResultsFile(report.record, files: texts.keys + [ResultsFile.name])
    results.description = report.plainDescription
    self.results = results
    texts[ResultsFile.name] = results.text
    self.texts = texts
  }
}
