import Diagnostics
import FilePaths
import Markdown

/// What a folder's `index.md` says of the notebooks beside it: their order, which is that of the links in its lists.
package struct FolderIndex {
  package static let fileName = "index.md"
  /// The files of its folder that its lists link to, in order, each once.
  package let files: [String]
  private let document: MarkdownDocument

  /// The index that holds `bytes`.
  package init(_ bytes: some Sequence<UInt8>) {
    document = NotebookParser.outline(of: Array(bytes))
    var (files, known): ([String], Set<String>) = ([], [])
    for link in document.links where !link.isImage && link.namesNotebook {
      let parts = FilePath(link.path ?? "").normalized.parts
      guard parts.count == 1, document.enclosingKinds(of: link.node).contains(.item), known.insert(parts[0]).inserted
      else { continue }
      files.append(parts[0])
    }
    self.files = files
  }

  /// Warnings about links of it that lead nowhere among the files that `surroundings` know.
  package func brokenLinks(among context: NotebookContext) -> [Diagnostic] {
    LinkChecker(document, context: context).diagnostics
  }
}
