/// Mathematics in text: `$…$`, `` $`…`$ `` and `$$…$$`.
///
/// As pandoc and GitHub have it, an opening `$` is followed by text, and the next `$` must close it: after text and not before
/// a digit. So `$5 and $6` is no mathematics.
extension InlineParser {
  mutating func parseMathematics() -> Bool {
    let start = position
    let run = text.end(of: { $0 == ASCII.dollar }, from: start, to: end)
    let content: Range<Int>?
    switch run - start {
    case 1 where run < end && text[run] == ASCII.backtick: content = quotedFormula(from: run)
    case 1: content = formula(from: run)
    case 2: content = displayFormula(from: run)
    default: content = nil
    }
    guard let content else {
      appendText(start..<run)
      position = run
      return true
    }
    let isDisplay = run - start == 2
    let isQuoted = !isDisplay && text[run] == ASCII.backtick
    position = content.upperBound + (isDisplay || isQuoted ? 2 : 1)
    let node = append(.mathInline, from: start, content: content)
    if isDisplay { store[node].flags.insert(.display) }
    return true
  }

  private func formula(from start: Int) -> Range<Int>? {
    guard start < end, !text[start].isASCIIWhitespace else { return nil }
    var index = start
    while index < end {
      switch text[index] {
      case ASCII.backslash: index = textEnd(at: index) ?? index + 1
      case ASCII.backtick: return nil
      case ASCII.dollar:
        let isClosing = !text[index - 1].isASCIIWhitespace && (index + 1 == end || !text[index + 1].isASCIIDigit)
        return isClosing ? start..<index : nil
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The end of the `\text{…}` that starts at `start`, in which dollar signs bound formulas of their own.
  private func textEnd(at start: Int) -> Int? {
    let index = text.end(of: \.isASCIILetter, from: start + 1, to: min(end, start + 12))
    let name = text[start + 1..<index]
    guard index < end, text[index] == ASCII.leftBrace,
      name.starts(with: "text".utf8) || name.elementsEqual("mbox".utf8) || name.elementsEqual("hbox".utf8)
    else { return nil }
    var depth = 0
    // A long text is none, lest each of many openings be searched to the end.
    for place in index..<min(end, index + 400) {
      switch text[place] {
      case ASCII.leftBrace where text[place - 1] != ASCII.backslash: depth += 1
      case ASCII.rightBrace where text[place - 1] != ASCII.backslash: depth -= 1
      default: break
      }
      if depth == 0 { return place }
    }
    return nil
  }

  private func quotedFormula(from tick: Int) -> Range<Int>? {
    let start = tick + 1
    let index = text.end(of: { $0 != ASCII.backtick }, from: start, to: end)
    return index > start && index + 1 < end && text[index + 1] == ASCII.dollar ? start..<index : nil
  }

  private func displayFormula(from start: Int) -> Range<Int>? {
    text.unescapedDollars(in: start..<end).flatMap { $0 > start ? start..<$0 : nil }
  }
}

extension [UInt8] {
  /// Where `$$` first stands in a range, a backslash taking the byte behind it along.
  func unescapedDollars(in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      if self[index] == ASCII.dollar, self[index + 1] == ASCII.dollar { return index }
      index += self[index] == ASCII.backslash ? 2 : 1
    }
    return nil
  }
}
