@testable import NbrunMarkdown

extension MarkdownDocument {
  /// The tree, a node a line: its kind, its place, and the start of its source.
  var tree: String {
    var description = ""
    var depths = [root: 0]
    for node in descendants(of: root) {
      let depth = depths[store[node].parent, default: 0]
      depths[node] = depth + 1
      let place = range(of: node)
      let bytes = byteRange(of: node)
      let text = source.string(bytes.lowerBound..<min(bytes.upperBound, bytes.lowerBound + 400))
      let shown = text.count > 40 ? text.prefix(39) + "…" : text[...]
      // Deeper levels are not indented further, so that a deep document has no description of quadratic size.
      description += String(repeating: "  ", count: min(depth, 32))
      description += "\(store[node].kind) \(place.start.line):\(place.start.column)-"
      description += "\(place.end.line):\(place.end.column) \(String(shown).debugDescription)\n"
    }
    return description
  }
}
