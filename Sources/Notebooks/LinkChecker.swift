import NbrunDiagnostics
import NbrunMarkdown

/// Follows a notebook's links as far as files beside it go: what a reader would not get to is a warning.
struct LinkChecker {
  private let context: NotebookContext
  private let anchors: Set<String>
  /// What files hold, by path: nil where there is none.
  private var files: [String: Set<String>?] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ document: MarkdownDocument, context: NotebookContext) {
    self.context = context
    anchors = document.anchors
    for link in document.links where !link.isImage && !link.isBare {
      let range = document.source.range(ofBytes: link.byteRange)
      let fragment = link.fragment.flatMap { $0.isEmpty ? nil : $0 }
      if link.destination.hasPrefix("#") {
        if let fragment { check(fragment, among: anchors, of: "this notebook", at: range) }
      } else if link.destination.hasPrefix("/") {
        diagnostics.addWarning(
          "\"\(link.destination.prefix(80))\" leads from the root of wherever the report is read; write the way from the notebook",
          at: range)
      } else if let path = link.path {
        let isNotebook = link.namesNotebook
        guard let anchors = anchors(in: path, isNotebook: isNotebook) else {
          let what = isNotebook ? "notebook" : "file"
          diagnostics.addWarning("there is no \(what) \"\(path.prefix(80))\" for this link to lead to", at: range)
          continue
        }
        if isNotebook, let fragment { check(fragment, among: anchors, of: "\"\(path.prefix(80))\"", at: range) }
      }
    }
  }

  /// Headings' anchors have no dot in them: those of cells and figures do, and are known when cells are.
  private mutating func check(_ fragment: String, among anchors: Set<String>, of place: String, at range: SourceRange) {
    if anchors.contains(fragment) || fragment.contains(".") || fragment.hasPrefix("footnote-") || fragment == "top" {
      return
    }
    let near = NearNames.nearest(to: fragment, among: anchors.sorted()).map { "; did you mean \"#\($0)\"?" } ?? ""
    diagnostics.addWarning("no heading of \(place) has the anchor \"#\(fragment.prefix(80))\"\(near)", at: range)
  }

  /// The anchors of a file's headings, none for what is no Markdown; nil where there is no such file.
  private mutating func anchors(in path: String, isNotebook: Bool) -> Set<String>? {
    if let known = files[path] { return known }
    var found: Set<String>? = context.hasFile(path) ? [] : nil
    if found != nil, isNotebook, let bytes = context.text(path) { found = NotebookParser.outline(of: bytes).anchors }
    files[path] = .some(found)
    return found
  }
}

extension MarkdownDocument {
  fileprivate var anchors: Set<String> { Set(headings.compactMap(\.anchor) + [titleAnchor].compactMap(\.self)) }
}
