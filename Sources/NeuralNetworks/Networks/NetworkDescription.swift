/// A network as one line says it, such as `[conv(64) - relu - pool]x2 - [affine(500) - relu]x1 - softmax`; see `language`.
public struct NetworkDescription: Sendable {
  /// How the line is written, for those who write one.
  package static var language: String {
    let entries =
      LayerCatalogue.layers.compactMap { $0.kind.syntax } + [
        LayerSyntax(
          Residual.word, "layers",
          meaning: """
            adds what goes around the layers to what goes through them, which
            keep its shape, such as residual(conv(8) - relu - conv(8))
            """),
        LayerSyntax(
          LossFunction.allCases.map(\.rawValue).joined(separator: ", "),
          meaning: "the loss, after an affine layer to one score for each class"),
      ]
    let lines = entries.flatMap { entry in
      entry.meaning.split(separator: "\n").enumerated().map { index, line in
        let usage = index == 0 ? entry.usage : ""
        return "    \(usage)\(String(repeating: " ", count: max(1, 23 - usage.count)))\(line)"
      }
    }
    return """
      A network's line: its layers joined by -, the loss last; a part in brackets is repeated with xN behind it.

          [conv(64) - relu - pool]x2 - [affine(500) - relu]x1 - softmax

      \(lines.joined(separator: "\n"))
      """
  }

  /// A layer and where the line says it.
  public struct Item: Sendable {
    /// The layer.
    public var layer: any Layer
    /// The characters that say it, counted from 0.
    package var columns: Range<Int>

    var count: Int { ((layer as? Residual)?.items ?? []).reduce(1) { $0 + $1.count } }
  }

  /// The layers in order, repetitions written out.
  public var layers: [Item]
  /// The loss at the end.
  package var loss: LossFunction

  /// Reads a line.
  ///
  /// - Throws: `NetworkDescriptionError`, which points into the line.
  public init(_ line: String) throws(NetworkDescriptionError) {
    var parser = NetworkDescriptionParser(line)
    (layers, loss) = try parser.parse()
  }

  /// The most layers that a line may have with its repetitions written out.
  package static let largestLayerCount = 1000
  /// The most residuals that may stand in each other, since each takes its part of a thread's stack.
  package static let deepestResidual = 20
}

/// What is wrong with a network's line, and where.
public struct NetworkDescriptionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One sentence without a full stop.
  public var message: String
  /// The characters that it concerns, counted from 0; never empty, but it may lie just behind the line's end.
  package var columns: Range<Int>

  /// An error at `columns`.
  package init(_ message: String, at columns: Range<Int>) { (self.message, self.columns) = (message, columns) }

  /// The message.
  public var description: String { message }
}
