import Markup

/// Writes Swift source with its keywords, types, strings, numbers and comments in `span` elements.
///
/// It knows no grammar: a word that starts with a capital is a type, a word of the list a keyword. One pass over the bytes.
struct SwiftHighlighter {
  private let bytes: [UInt8]
  private var position = 0
  /// Where the text that has not been written yet begins.
  private var pending = 0

  private init(_ source: String) {
    bytes = Array(source.utf8)
  }

  /// Writes `source` to `writer`.
  static func write(_ source: String, to writer: inout MarkupWriter) {
    var highlighter = SwiftHighlighter(source)
    highlighter.run(&writer)
  }

  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
    "consuming",
    "continue", "convenience", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in", "indirect", "init", "inout",
    "internal",
    "is", "isolated", "lazy", "let", "mutating", "nil", "nonisolated", "nonmutating", "open", "operator", "override",
    "package", "precedencegroup", "private", "protocol", "public", "repeat", "required", "rethrows", "return", "self",
    "Self", "sending", "set", "some", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
    "try",
    "typealias", "unowned", "var", "weak", "where", "while",
  ]

  private mutating func run(_ writer: inout MarkupWriter) {
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        skipLine()
        write("c", from: start, to: &writer)
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
        skipBlockComment()
        write("c", from: start, to: &writer)
      case UInt8(ascii: "\""):
        skipString(hashes: 0)
        write("s", from: start, to: &writer)
      case UInt8(ascii: "#") where rawStringHashes > 0:
        let hashes = rawStringHashes
        position += hashes
        skipString(hashes: hashes)
        write("s", from: start, to: &writer)
      case UInt8(ascii: "@"), UInt8(ascii: "#"):
        position += 1
        skipWord()
        if position > start + 1 { write("k", from: start, to: &writer) }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        skipNumber()
        write("d", from: start, to: &writer)
      case _ where byte.isWordByte:
        skipWord()
        if let kind = wordClass(start) { write(kind, from: start, to: &writer) }
      case UInt8(ascii: "`"):
        position += 1
        while position < bytes.count, bytes[position].isWordByte { position += 1 }
        position = min(position + 1, bytes.count)
      default:
        position += 1
      }
    }
    flush(upTo: bytes.count, to: &writer)
  }

  // MARK: Writing

  private mutating func flush(upTo end: Int, to writer: inout MarkupWriter) {
    writer.text(utf8: bytes[pending..<end])
    pending = end
  }

  private mutating func write(_ kind: String, from start: Int, to writer: inout MarkupWriter) {
    flush(upTo: start, to: &writer)
    writer.open("span", ["class": kind])
    flush(upTo: position, to: &writer)
    writer.close()
  }

  /// A word's class; a name after a dot, such as `.init` or `.default`, is no keyword.
  private func wordClass(_ start: Int) -> String? {
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    let followsDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    if Self.keywords.contains(word), !followsDot || word == "self" { return "k" }
    let first = bytes[start]
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) ? "t" : nil
  }

  // MARK: Skipping

  private func peek(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  /// How many `#` stand before a quotation mark here; 0 where this is no raw string.
  private var rawStringHashes: Int {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    return peek(count) == UInt8(ascii: "\"") ? count : 0
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
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

  /// Skips a string literal; one of a single line ends with it at the latest.
  private mutating func skipString(hashes: Int) {
    let isMultiline = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
    let quotes = isMultiline ? 3 : 1
    position += quotes
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n"), !isMultiline { return }
      if bytes[position] == UInt8(ascii: "\\"), hashes == 0 {
        position = min(position + 2, bytes.count)
      } else if ends(quotes: quotes, hashes: hashes) {
        position += quotes + hashes
        return
      } else {
        position += 1
      }
    }
  }

  private func ends(quotes: Int, hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
      && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
  }

  private mutating func skipWord() {
    while position < bytes.count, bytes[position].isWordByte { position += 1 }
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
}

extension UInt8 {
  fileprivate var isDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }

  fileprivate var isWordByte: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
      || self >= 0x80
  }
}
