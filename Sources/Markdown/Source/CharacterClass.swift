/// What emphasis asks of a character.
enum CharacterClass {
  case whitespace
  /// Unicode punctuation or symbol.
  case punctuation
  case other

  /// The class of the character that starts at `index` of valid UTF-8.
  init(_ text: [UInt8], at index: Int) {
    let byte = text[index]
    if byte < 0x80 {
      self = byte.isASCIIWhitespace ? .whitespace : byte.isASCIIPunctuation ? .punctuation : .other
      return
    }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    var value = UInt32(byte) & (0xFF >> (UInt32(length) + 1))
    for offset in 1..<length where index + offset < text.count {
      value = value << 6 | UInt32(text[index + offset] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else {
      self = .other
      return
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: self = .whitespace
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      self = .punctuation
    default: self = .other
    }
  }
}
