/// Finds what is code in a Swift source: words, brackets and line ends outside comments and string literals.
///
/// It knows no grammar, only what can hide a bracket or a keyword: line and nested block comments, string literals plain, raw
/// and multi-line, with their interpolations. It goes through the bytes once.
struct SwiftScanner {
  /// A piece of code.
  enum Token: Equatable {
    /// An identifier or keyword.
    case word(String)
    /// `(`, `[` or `{`
    case open(UInt8)
    /// `)`, `]` or `}`
    case close
    /// Any other character that is not white space.
    case symbol(UInt8)
    /// The end of a line.
    case newline
  }

  private let bytes: [UInt8]
  private var position = 0
  /// For each interpolation that is open: the string that it interrupts and how many parentheses are open in it.
  private var interpolations: [(hashes: Int, isMultiline: Bool, depth: Int)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next token and the byte that it starts at; nil at the end.
  mutating func next() -> (token: Token, start: Int)? {
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
        return (.newline, start)
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
        skipBlockComment()
      case UInt8(ascii: "\""):
        skipString(hashes: 0)
      case UInt8(ascii: "#") where startsRawString:
        var hashes = 0
        while peek(0) == UInt8(ascii: "#") {
          hashes += 1
          position += 1
        }
        skipString(hashes: hashes)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        position += 1
        if byte == UInt8(ascii: "("), !interpolations.isEmpty { interpolations[interpolations.count - 1].depth += 1 }
        return (.open(byte), start)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        position += 1
        if byte == UInt8(ascii: ")"), let string = interpolations.last {
          if string.depth == 0 {
            interpolations.removeLast()
            skipStringContent(hashes: string.hashes, isMultiline: string.isMultiline)
            continue
          }
          interpolations[interpolations.count - 1].depth -= 1
        }
        return (.close, start)
      case _ where byte.isIdentifierByte:
        while position < bytes.count, bytes[position].isIdentifierByte { position += 1 }
        return (.word(String(decoding: bytes[start..<position], as: UTF8.self)), start)
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      default:
        position += 1
        return (.symbol(byte), start)
      }
    }
    return nil
  }

  private func peek(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private var startsRawString: Bool {
    var offset = 0
    while peek(offset) == UInt8(ascii: "#") { offset += 1 }
    return peek(offset) == UInt8(ascii: "\"")
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

  private mutating func skipString(hashes: Int) {
    let isMultiline = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
    position += isMultiline ? 3 : 1
    skipStringContent(hashes: hashes, isMultiline: isMultiline)
  }

  /// Skips to the string's end or into its next interpolation.
  private mutating func skipStringContent(hashes: Int, isMultiline: Bool) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n") where !isMultiline:
        return
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
        position += 1
      default:
        position += 1
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
  fileprivate var isIdentifierByte: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || self == UInt8(ascii: "_") || self >= 0x80
  }
}
