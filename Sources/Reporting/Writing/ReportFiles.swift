import Foundation
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
    // The longest come first, so that no core waits for one; the page names the card, which goes where it goes.
    let parts: [Part] =
      ReportFormat.allCases.filter(formats.contains).reversed().map(Part.form) + [.results]
      + (formats.contains(.html) ? [.card] : [])
    var results = ResultsFile(report.record, files: Array(figures.files.keys) + parts.map(\.fileName), cells: cells)
    results.description = report.plainDescription
    results.order = report.place.neighbours.order
    self.results = results
    let made = concurrentMap(parts) { [results] part -> (text: String?, bytes: Data) in
      switch part {
      case .form(let form): Self.bytes(of: Self.text(of: report, as: form, drawings: figures.adaptive))
      case .results: Self.bytes(of: results.text)
      case .card: (nil, ReportCard(report).file)
      }
    }
    var (texts, bytes) = (figures.files, figures.files.mapValues { Data($0.utf8) })
    for (part, file) in zip(parts, made) {
      texts[part.fileName] = file.text
      bytes[part.fileName] = file.bytes
    }
    (self.texts, self.bytes) = (texts, bytes)
  }

  /// A file that is made apart from the others.
  private enum Part {
    case form(ReportFormat)
    case results
    case card

    var fileName: String {
      switch self {
      case .form(let form): form.fileName
      case .results: ResultsFile.name
      case .card: ReportCard.fileName
      }
    }
  }

  private static func bytes(of text: String) -> (text: String?, bytes: Data) { (text, Data(text.utf8)) }

  private static func text(of report: Report, as form: ReportFormat, drawings: [String: String]) -> String {
    switch form {
    case .html: HTMLReport.text(report)
    case .markdown: MarkdownReport.text(report)
    case .jupyter: JupyterReport.text(report, drawings: drawings)
    }
  }
}
