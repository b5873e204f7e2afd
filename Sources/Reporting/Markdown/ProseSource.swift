import NbrunMarkdown
import NbrunSteps

/// A notebook's prose as Markdown for another place: copied from its source, with measured values in place of `{{ … }}`, links
/// and images leading on from there, macros replaced, comments left out, and raw HTML but for the elements that are rendered shown as
/// text.
struct ProseSource {
  let report: Report
  /// What is copied from: the notebook's text, or its line of result.
  let document: MarkdownDocument
  /// Where it is going to be read.
  let form: MarkdownForm
  /// Where an image is to be found; nil shows its description alone.
  let image: (Link) -> String?

  private struct Replacement {
    var range: Range<Int>
    var text: String
  }

  /// The source of blocks that follow each other, without white space around it.
  func text(of blocks: [NodeID]) -> String {
    guard let first = blocks.first, let last = blocks.last else { return "" }
    let range = document.lineByteRange(of: first).lowerBound..<document.lineByteRange(of: last).upperBound
    var replacements: [Replacement] = []
    for block in blocks {
      replacements += replacement(of: block)
      for node in document.descendants(of: block) { replacements += replacement(of: node) }
    }
    replacements.sort { $0.range.lowerBound < $1.range.lowerBound }
    var text: [UInt8] = []
    var position = range.lowerBound
    for replacement in replacements where replacement.range.lowerBound >= position {
      text += document.source.bytes[position..<replacement.range.lowerBound]
      text += Array(replacement.text.utf8)
      position = replacement.range.upperBound
    }
    if position < range.upperBound { text += document.source.bytes[position..<range.upperBound] }
    return String(decoding: text, as: UTF8.self).trimmed
  }

  private func replacement(of node: NodeID) -> [Replacement] {
    let range = document.byteRange(of: node)
    switch document.kind(of: node) {
    case .inlineValue:
      guard let value = document.inlineValue(node) else { return [] }
      switch InlineValueText(value, in: report) {
      case .number(let text): return [Replacement(range: range, text: text)]
      case .missing(let text):
        // Where the cell is there, it says why.
        let id = CellID(value.cell).flatMap { report.record[$0]?.id }
        let linked = id.map { "[\(text)](\(form.address(of: $0)))" } ?? text
        return [Replacement(range: range, text: "*\(linked)*")]
      }
    case .htmlBlock, .htmlInline:
      return document.htmlPieces(node).compactMap { replacement(of: $0, afterList: followsList(node)) }
    case .linkReferenceDefinition where !document.isUsed(definition: node):
      // One that no link refers to is a comment in disguise.
      return [Replacement(range: range, text: "")]
    case .blockQuote:
      // Jupyter knows no alerts.
      guard let alert = document.alert(node), form == .jupyter else { return [] }
      return [Replacement(range: alert.marker, text: "**\(alert.kind.title)**\\")]
    case .mathInline, .mathBlock, .fencedCode:
      guard let formula = document.mathematics(node) else { return [] }
      if formula.isEmpty { return [Replacement(range: range, text: "")] }
      return [replacement(of: formula, range: range)]
    case .table:
      guard let number = report.tableNumbers.prose[node] else { return [] }
      let end = range.upperBound..<range.upperBound
      return [Replacement(range: end, text: "\n\n\(form.anchor("table.\(number)"))Table \(number)")]
    case .link, .image: return document.link(node).map { replacement(of: $0, range: range) } ?? []
    default: return []
    }
  }

  private func replacement(of piece: HTMLPiece, afterList: Bool) -> Replacement? {
    let source = document.source.string(piece.byteRange)
    switch piece.kind {
    // What stands between two lists keeps them apart.
    case .comment: return Replacement(range: piece.byteRange, text: afterList ? "<!-- -->" : "")
    case .text: return Replacement(range: piece.byteRange, text: source.replacing("<", with: "&lt;"))
    default: return nil
    }
  }

  private func followsList(_ node: NodeID) -> Bool {
    guard document.kind(of: node) == .htmlBlock else { return false }
    return document.previous(of: node).map { document.kind(of: $0) == .list } ?? false
  }

  private func replacement(of formula: Mathematics, range: Range<Int>) -> Replacement {
    let isBlock = document.kind(of: formula.node) != .mathInline
    // A block inside of a quotation or a list: each of its lines begins as its first does, but for the mark of a list's item.
    var prefix = ""
    if isBlock {
      let start = document.source.bytes[..<range.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      prefix = String(document.source.string(start..<range.lowerBound).map { $0 == ">" || $0 == "\t" ? $0 : " " })
    }
    var text = form.text(of: formula, isBlock: isBlock, prefix: prefix)
    // In a table, a bar that is not escaped ends its cell, whatever it stands in.
    if document.enclosingKinds(of: formula.node).contains(.table) { text = text.replacing("|", with: "\\|") }
    return Replacement(range: range, text: text)
  }

  private func replacement(of link: Link, range: Range<Int>) -> [Replacement] {
    let text = document.plainText(of: link.node)
    if let reference = report.reference(link, in: document) {
      // In Jupyter only cells have places.
      let address = form == .codeHost ? "#" + reference.anchor : reference.cell.map(form.address)
      return [Replacement(range: range, text: address.map { "[\(reference.text)](\($0))" } ?? reference.text)]
    }
    // A code host shows no image that stands in its address.
    if form == .codeHost, link.isImageData, report.images[link.destination] != nil {
      let words = "image, which \(HTMLReport.fileName) shows: \(MarkdownText.escaped(text))"
      return [Replacement(range: range, text: "*(\(words))*")]
    }
    let destination = link.isImage ? image(link) : report.place.destination(link.destination, reportFile: form.fileName)
    guard let destination else { return [Replacement(range: range, text: MarkdownText.escaped(text))] }
    if destination == link.destination { return [] }
    let written = MarkdownText.destination(destination)
    if let place = link.destinationByteRange { return [Replacement(range: place, text: written)] }
    let mark = link.isImage ? "!" : ""
    return [Replacement(range: range, text: "\(mark)[\(MarkdownText.escaped(text))](\(written))")]
  }
}

/// Pieces of Markdown made from text that is to be read as it stands.
enum MarkdownText {
  /// `text` on one line, with everything escaped that Markdown or HTML would read as something else.
  static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 8)
    for byte in onOneLine(text).utf8 {
      if marks.contains(byte) { result.append(UInt8(ascii: "\\")) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What Markdown or HTML would read as something else.
  private static let marks = Set("\\`*_[]<>#|~$!&{}".utf8)

  /// `text` with a space for each line end.
  static func onOneLine(_ text: String) -> String {
    // Most texts have one line; to look at their characters takes far longer than to look at their bytes.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x80 }) else { return text }
    return String(text.map { $0.isNewline ? " " : $0 })
  }

  /// `text` as a paragraph of its own: nothing at its start makes it a list, a rule or code.
  static func paragraph(_ text: String) -> String {
    let text = escaped(String(text.drop(while: \.isWhitespace)))
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard let first = rest.first, "-+=.)".contains(first) else { return text }
    return digits + "\\" + rest
  }

  /// `text` as a code span, whatever backticks are in it.
  static func code(_ text: String) -> String {
    let line = onOneLine(text)
    let text = line.utf8.contains(UInt8(ascii: "|")) ? line.replacing("|", with: "\\|") : line
    let fence = String(repeating: "`", count: longestRunOfBackticks(in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return text.isEmpty ? "" : fence + pad + text + pad + fence
  }

  /// `lines` as a fenced block, whatever backticks are in them.
  static func fenced(_ lines: some Sequence<String>, language: String) -> String {
    let lines = Array(lines)
    let longest = lines.map { longestRunOfBackticks(in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }

  /// Blocks that are folded away behind `summary`.
  static func fold(_ summary: String, _ blocks: [String]) -> [String] {
    ["<details><summary>\(summary)</summary>"] + blocks + ["</details>"]
  }

  /// A table; its cells are Markdown already.
  /// - Parameter numbers: the headers of the columns that stand flush right.
  static func table(_ headers: [String], _ rows: [[String]], numbers: Set<String> = []) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rule = line(headers.map { numbers.contains($0) ? "---:" : "---" })
    return ([line(headers), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// A link's destination, in angle brackets where it needs them.
  static func destination(_ destination: String) -> String {
    let isPlain =
      !destination.isEmpty
      && destination.utf8.allSatisfy { byte in byte > 0x20 && byte < 0x7F && !"()<>\\".utf8.contains(byte) }
    if isPlain { return destination }
    let safe = destination.replacing("\\", with: "%5C").replacing("<", with: "%3C").replacing(">", with: "%3E")
    return "<" + safe.replacing("\n", with: "%0A") + ">"
  }

  private static func longestRunOfBackticks(in text: String) -> Int {
    text.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
  }
}

extension String {
  /// The text without white space at its ends, the first line's indentation kept.
  var trimmed: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let end = text.firstIndex(where: \.isNewline), text[..<end].allSatisfy(\.isWhitespace) {
      text = text[text.index(after: end)...]
    }
    return String(text)
  }
}
