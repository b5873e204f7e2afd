import NbrunPlotting
import NbrunRunning
import NbrunSteps

extension ReportFormat {
  package static let csv = ReportFormat(
    name: "csv", fileName: "report.csv", mark: CSVReport.headings.joined(separator: ",")
  ) { report, _ in CSVReport.text(report) }
}

/// The metrics and claims of a report as one table of comma-separated values (RFC 4180), for spreadsheets and programs.
enum CSVReport {
  static let headings = ["cell", "step", "kind", "name", "value", "format", "claim", "verdict"]

  /// A row for each claim, then for each other metric of a cell. A claim stands there as the notebook writes it, whose first word no
  /// spreadsheet takes for a formula.
  static func text(_ report: Report) -> String {
    let rows = report.cells.flatMap { cell in
      (cell.rows + cell.otherRows).map { row in
        [
          cell.id.text, cell.record.step.text, cell.record.metricKinds[row.metric]?.word ?? "", row.metric.text,
          row.exact ?? "", cell.record.printedFormat(of: row.metric)?.description ?? "", row.claimed?.text ?? "",
          row.status?.rawValue ?? "",
        ]
      }
    }
    return CSV.text([headings] + rows, lineEnd: "\r\n")
  }
}

extension Metric.Kind {
  /// How the metric is compared, in a word.
  fileprivate var word: String {
    switch self {
    case .exact: "exact"
    case .tolerance: "tolerance"
    case .noise: "noise"
    case .volatile: "volatile"
    }
  }
}
