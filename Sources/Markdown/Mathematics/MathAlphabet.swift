/// The alphabets that `\mathbf` and its family choose, as Unicode's mathematical alphanumeric symbols (block U+1D400): the one way
/// that works without style sheets.
enum MathAlphabet: String {
  /// Single letters slanted, as mathematics is set by default.
  case plain
  case upright, bold, italic, boldItalic, doubleStruck, script, fraktur, sansSerif, monospace

  /// The alphabet that a command chooses.
  static let commands: [String: MathAlphabet] = [
    "mathrm": .upright, "mathbf": .bold, "mathit": .italic, "boldsymbol": .boldItalic, "bm": .boldItalic,
    "pmb": .boldItalic, "bold": .bold, "mathup": .upright, "mathbb": .doubleStruck, "Bbb": .doubleStruck,
    "mathcal": .script, "mathscr": .script, "mathfrak": .fraktur, "mathsf": .sansSerif,
    "mathtt": .monospace, "mathnormal": .plain, "frak": .fraktur,
  ]

  /// The alphabets that hold up to the end of a group.
  static let switches: [String: MathAlphabet] = [
    "rm": .upright, "bf": .bold, "it": .italic, "cal": .script, "sf": .sansSerif, "tt": .monospace, "mit": .plain,
  ]

  /// The character as it looks in this alphabet; itself where the alphabet does not have it.
  func character(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return String(character)
    }
    if let exception = exceptions[character] { return String(exception) }
    let first = firsts
    let mapped: UInt32? =
      switch scalar.value {
      case 0x41...0x5A: first.capital.map { $0 + scalar.value - 0x41 }
      case 0x61...0x7A: first.capital.map { $0 + 26 + scalar.value - 0x61 }
      case 0x30...0x39: first.digit.map { $0 + scalar.value - 0x30 }
      case 0x391...0x3A9: first.alpha.map { $0 + scalar.value - 0x391 }
      case 0x3B1...0x3C9: first.alpha.map { $0 + 26 + scalar.value - 0x3B1 }
      default: nil
      }
    return mapped.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(character)
  }

  /// The code points of its capital A, its zero and its capital alpha, as far as it has them.
  private var firsts: (capital: UInt32?, digit: UInt32?, alpha: UInt32?) {
    switch self {
    case .plain, .upright: (nil, nil, nil)
    case .bold: (0x1D400, 0x1D7CE, 0x1D6A8)
    case .italic: (0x1D434, nil, 0x1D6E2)
    case .boldItalic: (0x1D468, 0x1D7CE, 0x1D71C)
    case .script: (0x1D49C, nil, nil)
    case .fraktur: (0x1D504, nil, nil)
    case .doubleStruck: (0x1D538, 0x1D7D8, nil)
    case .sansSerif: (0x1D5A0, 0x1D7E2, nil)
    case .monospace: (0x1D670, 0x1D7F6, nil)
    }
  }

  /// Letters that Unicode had before the block, and left out of it.
  private var exceptions: [Character: Character] {
    switch self {
    case .italic: ["h": "ℎ"]
    case .script: MathAlphabet.scriptLetters
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    case .doubleStruck: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    default: [:]
    }
  }

  private static let scriptLetters: [Character: Character] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ",
  ]
}
