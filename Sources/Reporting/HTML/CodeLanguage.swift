/// What a page has to know of a language to colour it: what comments and strings look like, and which words are its own.
///
/// No grammar: a source that is wrong, or cut anywhere, is coloured as far as its words and quotation marks go.
struct CodeLanguage: Sendable {
  /// What a comment to the end of its line begins with.
  var lineComment: String?
  /// Whether there are comments between `/*` and `*/`.
  var hasBlockComments = false
  /// The quotation marks.
  var quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
  /// The quotation marks between which a backslash is nothing special.
  var plainQuotes: [UInt8] = []
  /// Whether three quotation marks begin a string of several lines.
  var hasTripleQuotes = false
  /// Whether any string may go on over lines.
  var spansLines = false
  /// The language's own words.
  var keywords: Set<String>
  /// What makes the word behind it a name: `$` of a shell's variable, `@` of a decorator, `#` of a directive.
  var sigil: UInt8?
  /// Whether a string before a colon is a name.
  var hasStringKeys = false
  /// Whether a word that starts with a capital is a type.
  var hasCapitalTypes = false

  /// The language behind a fence's word; nil where it is not known.
  static func named(_ name: String) -> CodeLanguage? {
    switch name {
    case "python", "py", "python3", "pycon", "ipython": python
    case "sh", "bash", "zsh", "shell", "console", "shell-session": shell
    case "json", "jsonc", "json5", "ipynb": json
    case "c", "h", "cpp", "c++", "cc", "hpp", "cxx": c
    default: nil
    }
  }

  private static let python = CodeLanguage(
    lineComment: "#", hasTripleQuotes: true,
    keywords: words(
      """
      and as assert async await break case class continue def del elif else except False finally for from global if import in is
      lambda match None nonlocal not or pass raise return self True try while with yield
      """), sigil: UInt8(ascii: "@"), hasCapitalTypes: true)

  private static let shell = CodeLanguage(
    lineComment: "#", plainQuotes: [UInt8(ascii: "'")], spansLines: true,
    keywords: words(
      """
      alias break case cd continue declare do done echo elif else esac eval exec exit export fi for function if in local read
      readonly return select set shift source then trap unset until while
      """), sigil: UInt8(ascii: "$"))

  private static let json = CodeLanguage(
    lineComment: "//", hasBlockComments: true, quotes: [UInt8(ascii: "\"")], keywords: ["false", "null", "true"],
    hasStringKeys: true)

  private static let c = CodeLanguage(
    lineComment: "//", hasBlockComments: true,
    keywords: words(
      """
      alignas alignof auto bool break case char class const constexpr continue default delete do double else enum extern false
      float for goto if inline int long namespace new nullptr private public register restrict return short signed sizeof static
      static_assert struct switch template this thread_local true typedef typename union unsigned using virtual void volatile
      while _Alignas _Atomic _Bool _Complex _Generic _Noreturn _Static_assert NULL
      """), sigil: UInt8(ascii: "#"), hasCapitalTypes: true)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  /// The pieces of a source that have a colour, in their order; it is gone through once.
  func pieces(_ bytes: [UInt8]) -> [CodePiece] {
    var pieces: [CodePiece] = []
    var position = 0
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      var kind: String?
      if startsComment(bytes, at: position) {
        position = commentEnd(bytes, from: position)
        kind = "c"
      } else if quotes.contains(byte) {
        position = stringEnd(bytes, from: position)
        let isKey = hasStringKeys && bytes[position...].first { $0 != 0x20 } == UInt8(ascii: ":")
        kind = isKey ? "t" : "s"
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        position = bytes[position...].firstIndex { !isWord($0) && $0 != UInt8(ascii: ".") } ?? bytes.count
        kind = "d"
      } else if isWord(byte) {
        position = bytes[position...].firstIndex { !isWord($0) } ?? bytes.count
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        let isCapital = hasCapitalTypes && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        let followsDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
        kind = keywords.contains(word) && !followsDot ? "k" : isCapital ? "t" : nil
      } else if byte == sigil {
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "{") { position += 1 }
        position = bytes[position...].firstIndex { !isWord($0) } ?? bytes.count
        if position > start + 1 { kind = byte == UInt8(ascii: "$") ? "t" : "k" }
      } else {
        // A backslash takes the sign behind it along: \" outside of a string begins none.
        position += byte == UInt8(ascii: "\\") ? 2 : 1
      }
      position = min(position, bytes.count)
      if let kind { pieces.append(CodePiece(kind: kind, range: start..<position)) }
    }
    return pieces
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func startsComment(_ bytes: [UInt8], at position: Int) -> Bool {
    if hasBlockComments, bytes[position...].starts(with: "/*".utf8) { return true }
    guard let lineComment, bytes[position...].starts(with: lineComment.utf8) else { return false }
    // A shell's comment begins a word: $# and a#b are none.
    return sigil != UInt8(ascii: "$") || position == 0
      || [0x20, 0x09, 0x0A, UInt8(ascii: ";")].contains(bytes[position - 1])
  }

  private func commentEnd(_ bytes: [UInt8], from start: Int) -> Int {
    guard hasBlockComments, bytes[start...].starts(with: "/*".utf8) else {
      return bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }
    var position = min(start + 2, bytes.count)
    while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
    return min(position + 2, bytes.count)
  }

  /// Where the string ends that begins at `start`: behind its closing mark, or with its line.
  private func stringEnd(_ bytes: [UInt8], from start: Int) -> Int {
    let mark = bytes[start]
    let isTriple = hasTripleQuotes && bytes[start...].starts(with: [mark, mark, mark])
    var position = start + (isTriple ? 3 : 1)
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n") where !isTriple && !spansLines: return position
      case UInt8(ascii: "\\") where !plainQuotes.contains(mark): position += 2
      case mark where !isTriple: return position + 1
      case mark where bytes[position...].starts(with: [mark, mark, mark]): return position + 3
      default: position += 1
      }
    }
    return bytes.count
  }
}
