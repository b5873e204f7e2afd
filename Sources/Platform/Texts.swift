extension StringProtocol {
  /// The text without the white space around it.
  package var trimmed: String {
    var rest = self[...].drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

extension Data {
  /// Where the UTF-8 of `text` stands first; nil where it does not.
  package func range(of text: String) -> Range<Int>? {
    let text = Array(text.utf8)
    return withUnsafeBytes { bytes in
      let places = 0..<Swift.max(0, bytes.count - text.count + 1)
      let found = places.first { bytes[$0] == text.first && bytes[$0..<$0 + text.count].elementsEqual(text) }
      return found.map { startIndex + $0..<startIndex + $0 + text.count }
    }
  }
}
