/// Mathematics in text: `$…$`, `` $`…`$ `` and `$$…$$`.
///
/// As pandoc and GitHub have it, an opening `$` is followed by text, and the next `$` must close it: after text and not before
/// a digit. So `$5 and $6` is no mathematics.
extension InlineParser {
  mutating func parseMathematics() -> Bool {
    let start = position
    var run = start
    while run < end, text[run] == ASCII.dollar { run += 1 }
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
      case ASCII.backslash: index += 1
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

  private func quotedFormula(from tick: Int) -> Range<Int>? {
    let start = tick + 1
    var index = start
    while index < end, text[index] != ASCII.backtick { index += 1 }
    return index > start && index + 1 < end && text[index + 1] == ASCII.dollar ? start..<index : nil
  }

  private func displayFormula(from start: Int) -> Range<Int>? {
    var index = start
    while index + 1 < end {
      if text[index] == ASCII.backslash {
        index += 1
      } else if text[index] == ASCII.dollar, text[index + 1] == ASCII.dollar {
        return index > start ? start..<index : nil
      }
      index += 1
    }
    return nil
  }
}
