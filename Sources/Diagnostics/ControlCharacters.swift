/// Characters that are no text but commands: to a terminal, to a host that reads a log, to the order in which a line is read.
package enum ControlCharacters {
  /// `text` with a symbol in the place of each control character: `␛` for escape, `␀` for NUL, `␡` for delete, and U+FFFD for those
  /// that have none (U+0080 to U+009F, the line and paragraph separators, what reverses the order of a line, and the two codes that are
  /// no characters to XML). Each stays one character, so that columns count as before.
  /// - Parameter kept: control characters that are let through.
  package static func visible(_ text: String, keeping kept: Set<Unicode.Scalar> = ["\n", "\t"]) -> String {
    func isShown(_ scalar: Unicode.Scalar) -> Bool { symbol(for: scalar) != nil && !kept.contains(scalar) }
    guard mayHold(text, keepsLines: kept.contains("\n")), text.unicodeScalars.contains(where: isShown) else {
      return text
    }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { shown.append(isShown(scalar) ? symbol(for: scalar) ?? scalar : scalar) }
    return String(shown)
  }

  /// Whether `text` may hold one: by the bytes of UTF-8, since to look at each letter as a scalar takes ten times as long.
  private static func mayHold(_ text: String, keepsLines: Bool) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.indices.contains { place in
        switch bytes[place] {
        case 0x0A: !keepsLines
        case 0x20..<0x7F: false
        case 0xC2: bytes[place + 1] < 0xA0
        case 0xE2: bytes[place + 1] == 0x80 && bytes[place + 2] >= 0xA8 || bytes[place + 1] == 0x81
        case let byte: byte <= 0x7F || byte == 0xEF
        }
      }
    } ?? true
  }

  /// What is shown for `scalar`; nil for text.
  package static func symbol(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: nil
    }
  }
}
