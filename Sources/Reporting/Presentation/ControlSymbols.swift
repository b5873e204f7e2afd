/// Symbols for control characters, which a page shows and no terminal obeys.
enum ControlSymbols {
  /// The symbol for a control character; any other character as it is.
  static func symbol(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A: scalar
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? scalar
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0: "\u{FFFD}"
    default: scalar
    }
  }

  /// A file's text with symbols for what no file of a report holds: control characters but line feeds and tabs.
  static func shown(_ text: String) -> String {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      let isControl = byte < 0x20 ? byte != 0x09 && byte != 0x0A : byte == 0x7F || (previous == 0xC2 && byte < 0xA0)
      if isControl { return String(String.UnicodeScalarView(text.unicodeScalars.map(symbol))) }
      previous = byte
    }
    return text
  }
}
