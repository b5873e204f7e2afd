import NbrunDiagnostics

/// `{{ CELL.METRIC }}` in prose: a measured number that a report puts in its place.
package struct InlineValue: Sendable, Hashable {
  /// How the number is written.
  package enum Format: Sendable, Hashable {
    /// As the metric itself is printed.
    case plain
    /// With that many decimals.
    case fixed(Int)
    /// As a percentage with that many decimals.
    case percent(Int)
    /// With an exponent and that many decimals.
    case scientific(Int)
  }

  package var cell: String
  package var metric: String
  package var format = Format.plain
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
