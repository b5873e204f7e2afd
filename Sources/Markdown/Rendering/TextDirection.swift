/// Which way text runs, as far as a page has to be told: Arabic, Hebrew and their kin from right to left.
package enum TextDirection {
  /// What `dir` says of a paragraph of `text`: `auto` where it has a letter that runs from right to left, else nothing.
  package static func attribute(for text: String) -> String? { hasRightToLeft(Array(text.utf8)) ? "auto" : nil }
  /// Whether UTF-8 text has a letter of a script that runs from right to left.
  static func hasRightToLeft(_ bytes: [UInt8]) -> Bool { bytes.indices.contains { isRightToLeft(bytes, at: $0) } }

  /// The direction of the first letter among the first few bytes of a range; nil where there is none.
  static func ofFirstLetter(_ bytes: [UInt8], in range: Range<Int>) -> String? {
    for index in range.prefix(400) {
      let byte = bytes[index]
      if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { return "ltr" }
      if isRightToLeft(bytes, at: index) { return "rtl" }
      // Punctuation of its own, U+2000 to U+2BFF, has no direction; any other script runs from left to right.
      if byte >= 0xC3, byte != 0xE2 { return "ltr" }
    }
    return nil
  }

  /// Whether a letter of U+0590–U+08FF, of their presentation forms or of U+10800–U+10FFF and U+1E800–U+1EFFF begins here.
  private static func isRightToLeft(_ bytes: [UInt8], at index: Int) -> Bool {
    func next(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    switch bytes[index] {
    case 0xD6: return next(1) >= 0x90
    case 0xD7...0xDF: return true
    case 0xE0: return (0xA0...0xA3).contains(next(1))
    case 0xEF:
      return (0xAC...0xB7).contains(next(1)) && !(next(1) == 0xAC && next(2) < 0x9D) || (0xB9...0xBB).contains(next(1))
    case 0xF0: return (next(1) == 0x90 || next(1) == 0x9E) && next(2) >= 0xA0
    default: return false
    }
  }
}

extension HTMLRenderer {
  /// What `dir` says of a block with text of its own: in a document that runs one way only, nothing.
  var leafDirection: String? { isBidirectional ? "auto" : nil }

  /// What `dir` says of a list or a quotation, whose marks stand at the side where its text begins. `auto` would not do: it looks
  /// at nothing that says `dir` itself.
  func containerDirection(_ id: NodeID) -> String? {
    guard isBidirectional else { return nil }
    let range = document.byteRange(of: id)
    // An alert's marker is no text.
    let start = document.alert(id)?.marker.upperBound ?? range.lowerBound
    return TextDirection.ofFirstLetter(document.source.bytes, in: min(start, range.upperBound)..<range.upperBound)
  }
}
