import NbrunDiagnostics
import NbrunFilePaths
import NbrunMarkdown

/// What a folder's `index.md` says of the notebooks beside and below it: their order, which is that of the links in its lists.
package struct FolderIndex {
  package static let fileName = "index.md"
  /// The files in and below its folder that its lists link to, in order, each once.
  package let files: [String]
  private let document: MarkdownDocument

  /// The index that holds `bytes`.
  package init(_ bytes: some Sequence<UInt8>) {
    document = NotebookParser.outline(of: Array(bytes))
    var (files, known): ([String], Set<String>) = ([], [])
    for link in document.links where !link.isImage && link.namesNotebook {
      let file = FilePath(link.path ?? "").normalized
      guard file.parts.first != "..", document.enclosingKinds(of: link.node).contains(.item),
        known.insert(file.text).inserted
      else { continue }
      files.append(file.text)
    }
    self.files = files
  }

  /// Warnings about links of it that lead nowhere among the files that `surroundings` know.
  package func brokenLinks(among context: NotebookContext) -> [Diagnostic] {
    LinkChecker(document, context: context).diagnostics
  }
}
