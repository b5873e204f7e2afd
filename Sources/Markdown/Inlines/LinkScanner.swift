/// Recognises the parts of links and of link reference definitions: label, destination, title.
struct LinkScanner {
  let text: [UInt8]
  let end: Int

  struct Definition {
    var label: Range<Int>
    var link: LinkPayload
    /// Where its text ends, and where the next line begins.
    var textEnd: Int
    var end: Int
  }

  /// Parentheses in a destination nest no deeper, so that a row of openers is not scanned to its end from each of them.
  private static let maximumParentheses = 32
  /// The specification's limit on labels, in bytes.
  private static let maximumLabel = 999

  private func byte(_ index: Int) -> UInt8? { index < end ? text[index] : nil }

  // MARK: Parts

  /// Where `close` first stands from `start` on without a backslash before it; nil where one of `refused` comes before it.
  private func closing(_ close: UInt8, from start: Int, refusing refused: String) -> Int? {
    var index = start
    while let next = byte(index) {
      if next == close { return index }
      if refused.utf8.contains(next) { return nil }
      index += next == ASCII.backslash && byte(index + 1)?.isASCIIPunctuation == true ? 2 : 1
    }
    return nil
  }

  /// The text between the brackets of a label that starts at `start`, if it is closed and contains something.
  func label(at start: Int) -> Range<Int>? {
    guard byte(start) == ASCII.leftBracket else { return nil }
    let reach = LinkScanner(text: text, end: min(end, start + LinkScanner.maximumLabel + 2))
    guard let close = reach.closing(ASCII.rightBracket, from: start + 1, refusing: "["),
      !text[start + 1..<close].allSatisfy(\.isASCIIWhitespace)
    else { return nil }
    return start + 1..<close
  }

  /// The label of the `[^label]` at `start`, without white space or brackets in it.
  func footnoteLabel(at start: Int) -> Range<Int>? {
    guard byte(start) == ASCII.leftBracket, byte(start + 1) == ASCII.caret else { return nil }
    let label = start + 2..<min(end, start + 2 + LinkScanner.maximumLabel)
    let close = text.end(
      of: { !$0.isASCIIWhitespace && $0 != ASCII.leftBracket && $0 != ASCII.rightBracket }, from: label.lowerBound,
      to: label.upperBound)
    return close > label.lowerBound && byte(close) == ASCII.rightBracket ? label.lowerBound..<close : nil
  }

  /// The destination at `start`: in angle brackets, or without white space and with balanced parentheses.
  private func destination(at start: Int) -> (written: Range<Int>, end: Int)? {
    guard let first = byte(start) else { return nil }
    if first == ASCII.less {
      return closing(ASCII.greater, from: start + 1, refusing: "<\n\r").map { (start + 1..<$0, $0 + 1) }
    }
    var index = start
    var depth = 0
    scan: while let next = byte(index) {
      switch next {
      case ASCII.backslash where byte(index + 1)?.isASCIIPunctuation == true: index += 1
      case ASCII.leftParenthesis:
        depth += 1
        if depth > LinkScanner.maximumParentheses { return nil }
      case ASCII.rightParenthesis:
        if depth == 0 { break scan }
        depth -= 1
      case _ where next == ASCII.space || next.isASCIIControl: break scan
      default: break
      }
      index += 1
    }
    return depth == 0 ? (start..<index, index) : nil
  }

  private func title(at start: Int) -> (written: Range<Int>, end: Int)? {
    guard let first = byte(start), "\"'(".utf8.contains(first) else { return nil }
    let isBracketed = first == ASCII.leftParenthesis
    return closing(
      isBracketed ? ASCII.rightParenthesis : first, from: start + 1, refusing: isBracketed ? "(" : ""
    ).map { (start + 1..<$0, $0 + 1) }
  }

  /// Past spaces, tabs and line ends; other control characters separate nothing.
  private func skipWhitespace(_ start: Int) -> Int {
    text.end(of: { $0.isSpaceOrTab || $0 == ASCII.lineFeed }, from: start, to: end)
  }

  /// White space up to a line's end, and the next line's start; nil when there is text before that.
  private func lineEnd(_ start: Int) -> Int? {
    let index = text.end(of: \.isSpaceOrTab, from: start, to: end)
    guard let next = byte(index) else { return index }
    return next == ASCII.lineFeed ? index + 1 : nil
  }

  // MARK: Wholes

  /// The `(destination "title")` of an inline link whose parenthesis opens at `start`.
  func target(at start: Int) -> (link: LinkPayload, end: Int)? {
    guard byte(start) == ASCII.leftParenthesis else { return nil }
    var index = skipWhitespace(start + 1)
    guard let destination = destination(at: index) else { return nil }
    index = skipWhitespace(destination.end)
    var title: Range<Int>?
    if index > destination.end, let found = self.title(at: index) {
      title = found.written
      index = skipWhitespace(found.end)
    }
    guard byte(index) == ASCII.rightParenthesis else { return nil }
    let link = LinkPayload(
      destination: unescaped(text[destination.written]), title: title.map { unescaped(text[$0]) },
      written: destination.written)
    return (link, index + 1)
  }

  /// The definition that starts at `start` and ends with its line.
  func definition(at start: Int) -> Definition? {
    guard let label = label(at: start), byte(label.upperBound + 1) == ASCII.colon else { return nil }
    let destinationStart = skipWhitespace(label.upperBound + 2)
    guard let destination = destination(at: destinationStart), destination.end > destinationStart else { return nil }
    let afterDestination = lineEnd(destination.end)
    var title: String?
    var textEnd = destination.end
    var next = afterDestination
    let titleStart = skipWhitespace(destination.end)
    // A title that does not end with its line is no title; on a line of its own it is then no part of the definition.
    if titleStart > destination.end, let found = self.title(at: titleStart), let after = lineEnd(found.end) {
      title = unescaped(text[found.written])
      textEnd = found.end
      next = after
    }
    guard let next else { return nil }
    let link = LinkPayload(destination: unescaped(text[destination.written]), title: title)
    return Definition(label: label, link: link, textEnd: textEnd, end: next)
  }
}

/// A label by which references find definitions: white space collapsed, case folded.
func normalisedLabel(_ label: ArraySlice<UInt8>) -> String {
  let words = Array(label.split(whereSeparator: \.isASCIIWhitespace).joined(separator: [ASCII.space]))
  // Lower then upper case stands in for full case folding, so that ẞ, ß and SS meet.
  return String(decoding: words, as: UTF8.self).lowercased().uppercased()
}
