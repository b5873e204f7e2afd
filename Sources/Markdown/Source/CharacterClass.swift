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
    let rest = String(decoding: text[index..<min(index + 4, text.count)], as: UTF8.self)
    switch rest.unicodeScalars.first?.properties.generalCategory {
    case .spaceSeparator: self = .whitespace
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      self = .punctuation
    default: self = .other
    }
  }
}
