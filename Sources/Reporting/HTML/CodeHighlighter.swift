import NbrunMarkup

/// A piece of source and what pages colour it by: `k` keywords, `t` types and names, `s` strings, `d` numbers, `c` comments.
struct CodePiece: Sendable, Equatable {
  var kind: String
  var range: Range<Int>

  /// The element that shows it. The three kinds that source is full of have one of their own, which takes a third of the bytes of a
  /// `span` with a class.
  var element: (name: String, attributes: Attributes) {
    switch kind {
    case "k": ("b", [:])
    case "t": ("var", [:])
    case "c": ("i", [:])
    default: ("span", ["class": kind])
    }
  }
}

/// Writes source in pieces of colour, as one text or line by line.
struct CodeHighlighter {
  private let bytes: [UInt8]
  private let pieces: [CodePiece]

  /// - Parameter language: the word behind a fence, such as `swift`; one that is not known is not coloured.
  init(_ source: String, language: String) {
    let source = Array(source.utf8)
    let name = language.lowercased()
    bytes = source
    pieces = name == "swift" ? SwiftHighlighter.pieces(source) : CodeLanguage.named(name)?.pieces(source) ?? []
  }

  /// Whether the language of that name is coloured.
  static func knows(_ language: String) -> Bool {
    language.lowercased() == "swift" || CodeLanguage.named(language.lowercased()) != nil
  }

  /// Writes the source as it stands.
  func write(to writer: inout MarkupWriter) { write(0..<bytes.count, pieces[...], to: &writer) }

  /// Writes each line as an `li`, which a list counts.
  func writeLines(to list: inout MarkupWriter) {
    var rest = pieces[...]
    var start = 0
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    while start <= end {
      let lineEnd = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
      while let first = rest.first, first.range.upperBound <= start { rest.removeFirst() }
      list.element("li", ["class": Self.indentation(of: bytes[start..<lineEnd])]) {
        write(start..<lineEnd, rest, to: &$0)
      }
      start = lineEnd + 1
    }
  }

  /// The class that lets what a narrow page wraps of a line begin right of where the line's own text does; nil where nothing is
  /// wrapped, or no more is needed than all lines have.
  private static func indentation(of line: ArraySlice<UInt8>) -> String? {
    let indentation = line.prefix { $0 == UInt8(ascii: " ") }.count / 2 * 2
    return line.count > 30 && indentation > 0 ? "i\(min(indentation, deepestIndentation))" : nil
  }

  /// The deepest indentation, in characters, that has a class.
  static let deepestIndentation = 24

  /// Writes a range with those of `pieces`, which ascend, that reach into it.
  private func write(_ range: Range<Int>, _ pieces: ArraySlice<CodePiece>, to writer: inout MarkupWriter) {
    var position = range.lowerBound
    for piece in pieces {
      guard piece.range.lowerBound < range.upperBound else { break }
      let shown = piece.range.clamped(to: range)
      guard !shown.isEmpty else { continue }
      writer.text(utf8: bytes, in: position..<shown.lowerBound)
      writer.open(piece.element.name, piece.element.attributes)
      writer.text(utf8: bytes, in: shown)
      writer.close()
      position = shown.upperBound
    }
    writer.text(utf8: bytes, in: position..<range.upperBound)
  }
}
