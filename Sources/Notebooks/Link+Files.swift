import NbrunFilePaths
import NbrunMarkdown

extension Link {
  /// The file that it names, if it names one by a relative path: percent-encoding resolved, and no `?query` or `#fragment`.
  package var path: String? { pathAddress.map { FilePath(percentEncoded: $0).text } }

  /// What it writes of that file's path: an address as it stands, without `?query` and `#fragment`.
  package var pathAddress: String? {
    let written = destination.prefix { $0 != "?" && $0 != "#" }
    let isRelative = !written.isEmpty && written.first != "/" && !written.prefix { $0 != "/" }.contains(":")
    return isRelative ? String(written) : nil
  }

  /// The anchor that it names behind a `#`, percent-encoding resolved.
  package var fragment: String? {
    destination.firstIndex(of: "#").map { FilePath(percentEncoded: destination[destination.index(after: $0)...]).text }
  }

  /// The names in `[](#CELL.FIGURE)`, a link without a text of its own; nil for other links.
  package func figureReference(in document: MarkdownDocument) -> (cell: String, figure: String)? {
    guard !isImage, !isBare, destination.hasPrefix("#"), document.descendants(of: node).allSatisfy({ $0 == node })
    else { return nil }
    let parts = destination.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// Whether the file that it names is a notebook's, by its name.
  var namesNotebook: Bool {
    path.map { ["md", "markdown"].contains(FilePath($0).stemAndExtension.extension.lowercased()) } ?? false
  }
}
