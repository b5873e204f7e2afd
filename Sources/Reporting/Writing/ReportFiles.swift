import Foundation

/// Every file of a report, by its path below the output folder: a pure function, for writing them and for comparing them with
/// those that are there.
public struct ReportFiles: Sendable, Equatable {
  /// Each file's text, but for pictures.
  public let texts: [String: String]
  /// Each file's bytes.
  public let bytes: [String: Data]
  /// What the results file holds.
  public let results: ResultsFile

  /// The files of `report` in the given forms.
  /// - Parameter cells: what its results file says of the cells, where that has been made before.
  public init(
    _ report: Report, formats: Set<ReportFormat> = Set(ReportFormat.allCases), cells: [ResultsFile.Cell]? = nil
  ) {
    let figures = FigureFile.texts(of: report)
    var texts = figures.files
    let forms = concurrentMap(Array(formats)) { form in
      (form.fileName, Self.text(of: report, as: form, drawings: figures.adaptive))
    }
    texts.merge(forms) { $1 }
    // The page names the card, which goes where it goes.
    let pictures = formats.contains(.html) ? [ReportCard.fileName: ReportCard(report).file] : [:]
    var results = ResultsFile(
      report.record, files: Array(texts.keys) + pictures.keys + [ResultsFile.name], cells: cells)
    results.description = report.plainDescription
    results.order = report.notebook.frontMatter.order?.value
    self.results = results
    texts[ResultsFile.name] = results.text
    self.texts = texts
    bytes = texts.mapValues { Data($0.utf8) }.merging(pictures) { $1 }
  }

  private static func text(of report: Report, as form: ReportFormat, drawings: [String: String]) -> String {
    switch form {
    case .html: HTMLReport.text(report)
    case .markdown: MarkdownReport.text(report)
    case .jupyter: JupyterReport.text(report, drawings: drawings)
    }
  }
}
