import NbrunPlatform
import NbrunRunning

/// Every file of a report, by its path below the output folder: a pure function, for writing them and for comparing them with
/// those that are there.
package struct ReportFiles: Sendable, Equatable {
  /// Each file's text, but for pictures.
  package let texts: [String: String]
  package let bytes: [String: Data]
  package let results: ResultsFile

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
    let made = concurrentMap(names) { [results] name -> (text: String?, bytes: Data) in
      let text: String? =
        switch name {
        case HTMLReport.fileName: HTMLReport.text(report)
        case MarkdownReport.fileName: MarkdownReport.text(report)
        case JupyterReport.fileName: JupyterReport.text(report, drawings: figures.adaptive)
        case ResultsFile.name: results.text
        default: nil
        }
      return (text, text.map { Data($0.utf8) } ?? ReportCard(report).file)
    }
    var (texts, bytes) = (figures.files, figures.files.mapValues { Data($0.utf8) })
    for (name, file) in zip(names, made) { (texts[name], bytes[name]) = (file.text, file.bytes) }
    (self.texts, self.bytes) = (texts, bytes)
  }
}
