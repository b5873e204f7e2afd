/// Marks in a rendering around what differs from run to run, so that a report can be compared in everything else.
///
/// A report rendered with marks is a pattern: what stands between marks may be anything of its kind. The marks are
/// the last characters for private use, which no text holds by accident; a text that does is compared as it is.
struct VolatileMark: Sendable, Equatable {
  /// Whether marks are written; a report that is to be read has none.
  var isOn: Bool

  /// No marks.
  static let off = VolatileMark(isOn: false)

  private static let phrase: Character = "\u{10FFFC}"
  private static let block: Character = "\u{10FFFD}"

  /// `text`, or the mark of a few words or numbers on one line.
  func phrase(_ text: String, if isVolatile: Bool = true) -> String {
    isOn && isVolatile ? String(Self.phrase) : text
  }

  /// The mark of a whole figure; nil where none are written.
  func block(if isVolatile: Bool) -> String? {
    isOn && isVolatile ? String(Self.block) : nil
  }

  /// Whether a text holds a mark.
  static func isIn(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value >= 0x10FFFC }
  }

  // MARK: Matching

  /// The longest text that stands for a phrase, in bytes.
  private static let longestPhrase = 400

  /// Whether `text` is what `pattern`, a rendering with marks, describes. Linear: each mark takes as little as it can.
  static func matches(_ text: String, pattern: String) -> Bool {
    let bytes = Array(text.utf8)
    var position = 0
    var mark: Character?
    for piece in pieces(of: pattern) {
      switch piece {
      case .mark(let character):
        // Two marks beside each other are as good as the wider of them.
        mark = mark == block ? block : character
      case .literal(let literal):
        guard let end = find(literal, in: bytes, from: position, after: mark) else { return false }
        position = end
        mark = nil
      }
    }
    switch mark {
    case nil: return position == bytes.count
    case phrase: return bytes.count - position <= longestPhrase && !bytes[position...].contains(UInt8(ascii: "\n"))
    default: return true
    }
  }

  private enum Piece {
    case literal([UInt8])
    case mark(Character)
  }

  private static func pieces(of pattern: String) -> [Piece] {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    for scalar in pattern.unicodeScalars {
      let character = Character(scalar)
      if character == phrase || character == block {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = []
        pieces.append(.mark(character))
      } else {
        literal.append(contentsOf: String(scalar).utf8)
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }

  /// Where `literal` ends when it follows at `start`, or behind what a mark there may take.
  private static func find(_ literal: [UInt8], in bytes: [UInt8], from start: Int, after mark: Character?) -> Int? {
    var position = start
    while position + literal.count <= bytes.count {
      if bytes[position] == literal[0], bytes[position..<position + literal.count].elementsEqual(literal) {
        return position + literal.count
      }
      guard let mark else { return nil }
      if mark == phrase {
        guard position - start < longestPhrase, bytes[position] != UInt8(ascii: "\n"),
          bytes[position] != UInt8(ascii: "<")
        else { return nil }
      }
      position += 1
    }
    return nil
  }
}
