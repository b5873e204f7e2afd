/// The forms of a report that a run may leave out; results and figures are written in any case.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// `report.html`
  case html
  /// `README.md`
  case markdown = "md"
  /// `report.ipynb`
  case jupyter = "ipynb"

  /// The name of its file in a notebook's output folder.
  package var fileName: String {
    switch self {
    case .html: HTMLReport.fileName
    case .markdown: MarkdownReport.fileName
    case .jupyter: JupyterReport.fileName
    }
  }
}
