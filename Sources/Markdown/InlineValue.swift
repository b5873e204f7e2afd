import NbrunDiagnostics

/// `{{ CELL.METRIC }}` in prose: a measured number that a report puts in its place.
package struct InlineValue: Sendable, Hashable {
  package var cell: String
  package var metric: String
  /// How the number is written: `fixed N`, `percent N` or `scientific N`, with N decimals; nil for as the metric itself is printed.
  package var format: String?
  /// Where it stands, braces included.
  package var range: SourceRange
}

extension MarkdownDocument {
  /// All inline values in order. Malformed ones are not among them: they are errors in `diagnostics`.
  package var inlineValues: [InlineValue] { descendants(of: root).compactMap(inlineValue) }

  /// The inline value at a node; nil for any other node.
  package func inlineValue(_ node: NodeID) -> InlineValue? {
    let record = store[node]
    guard record.kind == .inlineValue else { return nil }
    return payloads.inlineValues[Int(record.payload)]
  }
}
