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

package struct ReportOptions: Sendable, Equatable {
  /// The forms to write; results and figures are written in any case.
  package var formats: Set<ReportFormat>
  /// Whether files stay as they are when nothing but volatile values changed.
  package var isStable: Bool

  /// Options of a report, at first everything, with the values of this run.
  package init(formats: Set<ReportFormat> = Set(ReportFormat.allCases), isStable: Bool = false) {
    self.formats = formats
    self.isStable = isStable
  }
}
