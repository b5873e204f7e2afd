import NbrunPlatform
import NbrunRunning

/// Every file of a report, by its path below the output folder: a pure function, for writing them and for comparing them with
/// those that are there.
package struct ReportFiles: Sendable, Equatable {
  package let bytes: [String: Data]
  package let results: ResultsFile

  /// Each file's text, but for pictures.
  package var texts: [String: String] { bytes.compactMapValues { String(validating: $0, as: UTF8.self) } }

  /// The files of `report` in the given forms.
  /// - Parameter cells: what its results file says of the cells, where that has been made before.
  package init(
    _ report: Report, formats: Set<ReportFormat> = Set(ReportFormat.allCases), cells: [ResultsFile.Cell]? = nil
  ) {
    let figures = FigureFile.texts(of: report)
    // In this order two cores end at about the same time. The page names the card, which goes where it goes.
    let names =
      (formats.contains(.html) ? [HTMLReport.fileName, ReportCard.fileName] : []) + [ResultsFile.name]
      + [.jupyter, .markdown].filter(formats.contains).map(\.fileName)
    var results = ResultsFile(report.record, files: Array(figures.files.keys) + names, cells: cells)
    results.description = report.plainDescription
    results.order = report.place.neighbours.order
    self.results = results
    let made = concurrentMap(names) { [results] name in
      switch name {
      case HTMLReport.fileName: Data(HTMLReport.text(report).utf8)
      case MarkdownReport.fileName: Data(MarkdownReport.text(report).utf8)
      case JupyterReport.fileName: Data(JupyterReport.text(report, drawings: figures.adaptive).utf8)
      case ResultsFile.name: Data(results.text.utf8)
      default: ReportCard(report).file
      }
    }
    bytes = figures.files.mapValues { Data($0.utf8) }.merging(zip(names, made)) { $1 }
  }
}
