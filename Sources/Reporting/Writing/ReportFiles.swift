import NbrunPlatform
import NbrunRunning

/// Every file of a report, by its path below the output folder: a pure function, for writing them and for comparing them with
/// those that are there.
package struct ReportFiles: Sendable, Equatable {
  package let bytes: [String: Data]
  package let results: ResultsFile

  /// The text of a file; nil of a picture, and where there is none of the name.
  package func text(of name: String) -> String? { bytes[name].flatMap { String(validating: $0, as: UTF8.self) } }

  /// The files of `report` in the given forms.
  /// - Parameter cells: what its results file says of the cells, where that has been made before.
  package init(
    _ report: Report, formats: Set<ReportFormat> = Set(ReportFormat.usual), cells: [ResultsFile.Cell]? = nil
  ) {
    let figures = FigureFile.texts(of: report)
    // In this order two cores end at about the same time. The page names the card, which goes where it goes.
    let names =
      (formats.contains(.html) ? [HTMLReport.fileName, ReportCard.fileName] : []) + [ResultsFile.name]
      + ReportFormat.all.reversed().filter { $0 != .html && formats.contains($0) }.map(\.fileName)
    var results = ResultsFile(report.record, files: Array(figures.files.keys) + names, cells: cells)
    results.description = report.plainDescription
    results.order = report.place.neighbours.order
    self.results = results
    let made = concurrentMap(names) { [results] name in
      let format = ReportFormat.all.first { $0.fileName == name }
      let text = format?.text(report, figures.adaptive) ?? (name == ResultsFile.name ? results.text : nil)
      return text.map { Data($0.utf8) } ?? ReportCard(report).file
    }
    bytes = figures.files.mapValues { Data($0.utf8) }.merging(zip(names, made)) { $1 }
  }
}
