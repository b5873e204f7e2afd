import NbrunDiagnostics

/// `key: value` in a cell's body.
package struct CellEntry: Sendable, Equatable {
  package var key: Located<String>
  /// The value's text.
  package var value: CellValue
}

/// The text of a value, which may run over several lines, with the place of each of them.
package struct CellValue: Sendable, Equatable {
  /// The text, trimmed; its lines are separated by line feeds.
  package private(set) var text: String
  private var starts: [(offset: Int, place: SourceLocation)]

  /// A value of one line that starts at `place`.
  package init(_ text: String, at place: SourceLocation) {
    self.text = text
    starts = [(0, place)]
  }

  mutating func append(line: String, at place: SourceLocation) {
    text += "\n"
    starts.append((text.utf8.count, place))
    text += line
  }

  /// The whole value's place.
  package var range: SourceRange { range(ofBytes: 0..<text.utf8.count) }

  /// The place of some bytes of `text`.
  package func range(ofBytes bytes: Range<Int>) -> SourceRange {
    SourceRange(location(ofByte: bytes.lowerBound), location(ofByte: bytes.upperBound))
  }

  /// The place of some characters of `text`, which is one line.
  package func range(ofCharacters characters: Range<Int>) -> SourceRange {
    let place = starts[0].place
    return SourceRange(line: place.line, column: place.column + characters.lowerBound, length: characters.count)
  }

  private func location(ofByte offset: Int) -> SourceLocation {
    let start = starts.last { $0.offset <= offset } ?? starts[0]
    let first = text.utf8.index(text.startIndex, offsetBy: min(start.offset, text.utf8.count))
    let last = text.utf8.index(text.startIndex, offsetBy: min(max(offset, start.offset), text.utf8.count))
    return SourceLocation(line: start.place.line, column: start.place.column + text[first..<last].count)
  }

  /// Whether both have the same text at the same places.
  package static func == (left: CellValue, right: CellValue) -> Bool {
    left.text == right.text && left.starts.elementsEqual(right.starts, by: ==)
  }
}
