import NbrunPlatform
import NbrunDiagnostics
import NbrunMarkdown

/// Prose that was most likely meant to be something else: front matter that does not stand at the top, a fence of quotation marks, a
/// `---` that turns a paragraph into a heading. CommonMark reads all of it as text and says nothing.
struct ProseSlips {
  private let document: MarkdownDocument
  /// What was found, in the order of the text.
  private(set) var diagnostics: [Diagnostic] = []

  /// Looks through the paragraphs and headings at the top level of `document`.
  init(in document: MarkdownDocument) {
    self.document = document
    for block in document.topLevelBlocks {
      switch document.kind(of: block) {
      case .paragraph: lookForFences(in: block)
      case .heading where document.source.bytes[document.byteRange(of: block).lowerBound] != UInt8(ascii: "#"):
        if !lookForFrontMatter(in: block) { lookForUnderline(in: block) }
      default: break
      }
    }
  }

  private func lines(of block: NodeID) -> [TrimmedLine] {
    let first = document.range(of: block).start.line
    let text = document.source.string(document.lineByteRange(of: block))
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
      TrimmedLine(ContentLine(String(line), line: first + index, column: 1))
    }
  }

  // MARK: Front matter

  /// Whether lines that look like front matter stand here, where they are a heading or a paragraph; says so.
  private mutating func lookForFrontMatter(in block: NodeID) -> Bool {
    let lines = lines(of: block).filter { !$0.text.isEmpty }
    let body = lines.filter { !$0.text.allSatisfy(Self.dashes.contains) }
    guard let first = body.first, body.count < lines.count, body.allSatisfy({ Self.key($0.text) != nil }),
      body.contains(where: { Self.key($0.text).map(FrontMatterParser.knows) ?? false })
    else { return false }
    diagnostics.addWarning(
      "this looks like front matter, which is lines of \"key: value\" between two of --- at the very top of the file; here it is text",
      at: first.range)
    return true
  }

  /// What editors and fingers make of `---`.
  private static let dashes: Set<Character> = ["-", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}", "+"]

  /// The key of a line that is `key: value` or, as TOML has it, `key = value`.
  private static func key(_ line: String) -> String? {
    guard let sign = line.firstIndex(where: { ":=".contains($0) }), sign > line.startIndex else { return nil }
    let key = line[sign] == "=" ? String(line[..<sign]).trimmed[...] : line[..<sign]
    return key.contains(where: \.isWhitespace) ? nil : key.lowercased()
  }

  // MARK: Underlines

  /// Says that `---` under more than a line, or under a sentence, makes a heading of it.
  private mutating func lookForUnderline(in block: NodeID) {
    let lines = lines(of: block)
    guard let last = lines.lastIndex(where: { !$0.text.isEmpty }), last > 0,
      lines[last].text.allSatisfy({ $0 == "-" }), last > 1 || lines[0].text.hasSuffix(".")
    else { return }
    diagnostics.addWarning(
      "this line makes a heading of what stands right above it; after an empty line it is a rule", at: lines[last].range
    )
  }

  // MARK: Fences

  private mutating func lookForFences(in block: NodeID) {
    // By bytes first: few paragraphs have a line that begins with a mark.
    let bytes = document.source.bytes[document.byteRange(of: block)]
    guard mayBeginWithMarks(bytes) else { return }
    if lookForFrontMatter(in: block) { return }
    for line in lines(of: block) {
      let marks = line.text.prefix(while: Self.marks.contains)
      let word = line.text.dropFirst(marks.count).drop(while: \.isWhitespace)
      guard marks.count > 1, word.lowercased() == "nbrun" else { continue }
      diagnostics.addError("a cell begins with three backticks, ```nbrun; \(marks)\(word) is text", at: line.range)
    }
  }

  /// What is taken for backticks.
  private static let marks: Set<Character> = [
    "`", "'", "\"", "~", "\u{B4}", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{201C}", "\u{201D}", "\u{2032}",
    "\u{2035}",
  ]

  /// Whether a line begins with what could be one of `marks` or `dashes`.
  private func mayBeginWithMarks(_ bytes: ArraySlice<UInt8>) -> Bool {
    var isStart = true
    for byte in bytes {
      if isStart, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { continue }
      if isStart, byte >= 0xC2 || "`'\"~+".utf8.contains(byte) { return true }
      isStart = byte == UInt8(ascii: "\n")
    }
    return false
  }
}
