/// Cuts a Swift source into words, numbers, string literals, comments, brackets and line ends.
///
/// It knows no grammar, only what can hide a bracket or a keyword: line and nested block comments, string literals plain, raw
/// and multi-line, with their interpolations, whose code is code. It goes through the bytes once.
package struct SwiftLexer: Sendable {
  /// What a piece of source is.
  package enum Kind: Sendable, Equatable {
    /// An identifier or keyword; one in backticks has them in its range.
    case word
    case number
    /// A string literal, or what of it stands before, between and after interpolations: `"a \(` and `) b"`.
    case string
    case comment
    /// `(`, `[` or `{`
    case open
    /// `)`, `]` or `}`
    case close
    /// Any other character that is not white space.
    case symbol
    /// The end of a line of code.
    case newline
  }

  package struct Token: Sendable, Equatable {
    package var kind: Kind
    package var range: Range<Int>
  }

  package let bytes: [UInt8]
  private var position = 0
  /// For each interpolation that is open: the string that it interrupts and how many parentheses are open in it.
  private var interpolations: [(hashes: Int, isMultiline: Bool, depth: Int)] = []

  /// A lexer of `bytes`, which are UTF-8.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next piece; nil at the end. White space is no piece.
  package mutating func next() -> Token? {
    while position < bytes.count {
      let start = position
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      default:
        let kind = scan()
        return Token(kind: kind, range: start..<position)
      }
    }
    return nil
  }

  /// Goes past the piece that begins here.
  private mutating func scan() -> Kind {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      return .comment
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
      skipBlockComment()
      return .comment
    case UInt8(ascii: "\""):
      skipString(hashes: 0)
      return .string
    case UInt8(ascii: "#") where rawStringHashes > 0:
      let hashes = rawStringHashes
      position += hashes
      skipString(hashes: hashes)
      return .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      skipNumber()
      return .number
    case UInt8(ascii: "`"):
      position += 1
      while position < bytes.count, bytes[position].isWordByte { position += 1 }
      position = min(position + 1, bytes.count)
      return .word
    case _ where byte.isWordByte:
      while position < bytes.count, bytes[position].isWordByte { position += 1 }
      return .word
    default:
      position += 1
      return bracket(byte)
    }
  }

  /// What a character is that stands for itself. A parenthesis that ends an interpolation goes on as the string.
  private mutating func bracket(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "\n"): return .newline
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      if byte == UInt8(ascii: "("), !interpolations.isEmpty { interpolations[interpolations.count - 1].depth += 1 }
      return .open
    case UInt8(ascii: ")"):
      guard let string = interpolations.last else { return .close }
      if string.depth == 0 {
        interpolations.removeLast()
        skipStringContent(hashes: string.hashes, isMultiline: string.isMultiline)
        return .string
      }
      interpolations[interpolations.count - 1].depth -= 1
      return .close
    case UInt8(ascii: "]"), UInt8(ascii: "}"): return .close
    default: return .symbol
    }
  }

  private func peek(_ offset: Int) -> UInt8? { position + offset < bytes.count ? bytes[position + offset] : nil }

  /// How many `#` stand before a quotation mark here; 0 where this is no raw string.
  private var rawStringHashes: Int {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    return peek(count) == UInt8(ascii: "\"") ? count : 0
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        position += 2
        if depth == 0 { return }
      } else {
        position += 1
      }
    }
  }

  private mutating func skipNumber() {
    while position < bytes.count {
      let isPoint = bytes[position] == UInt8(ascii: ".") && peek(1).map(\.isDigit) == true
      let isSign =
        (bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+"))
        && bytes[position - 1] | 0x20 == UInt8(ascii: "e") && peek(1).map(\.isDigit) == true
      guard bytes[position].isWordByte || isPoint || isSign else { return }
      position += 1
    }
  }

  // MARK: Strings

  private mutating func skipString(hashes: Int) {
    let isMultiline = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
    position += isMultiline ? 3 : 1
    skipStringContent(hashes: hashes, isMultiline: isMultiline)
  }

  /// Skips to the string's end or into its next interpolation; a string of a single line ends with it at the latest.
  private mutating func skipStringContent(hashes: Int, isMultiline: Bool) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n") where !isMultiline: return
      case UInt8(ascii: "\"") where endsString(hashes: hashes, isMultiline: isMultiline):
        position += (isMultiline ? 3 : 1) + hashes
        return
      case UInt8(ascii: "\\") where hasHashes(hashes, from: 1):
        position += 1 + hashes
        if peek(0) == UInt8(ascii: "(") {
          position += 1
          interpolations.append((hashes, isMultiline, 0))
          return
        }
        position = min(position + 1, bytes.count)
      default: position += 1
      }
    }
  }

  private func hasHashes(_ count: Int, from offset: Int) -> Bool {
    (0..<count).allSatisfy { peek(offset + $0) == UInt8(ascii: "#") }
  }

  private func endsString(hashes: Int, isMultiline: Bool) -> Bool {
    guard isMultiline else { return hasHashes(hashes, from: 1) }
    return peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") && hasHashes(hashes, from: 3)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isWordByte: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
      || self >= 0x80
  }
}
