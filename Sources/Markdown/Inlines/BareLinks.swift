/// A link found in bare text.
struct BareLink {
  var range: Range<Int>
  /// What goes before the text to make the destination.
  var prefix: String
}

/// GitHub's extended autolinks: `www.…`, `http://…`, `https://…`, `ftp://…` and e-mail addresses in bare text.
///
/// They are found ahead of the inline parse, which then takes those that nothing else has consumed.
extension InlineParser {
  /// Finds the leaf's bare links.
  mutating func findBareLinks() {
    bareLinks.removeAll(keepingCapacity: true)
    nextBareLink = 0
    bareLinkCount = 0
    var index = position
    while index < end {
      let found: BareLink?
      switch text[index] {
      case UInt8(ascii: "w"): found = webLink(at: index)
      case ASCII.colon: found = schemeLink(at: index)
      case ASCII.at: found = address(at: index)
      default: found = nil
      }
      if let found {
        bareLinks.append(found)
        index = found.range.upperBound
      } else {
        index += 1
      }
    }
  }

  /// Adds a bare link; inside brackets it ends where they do.
  mutating func appendBareLink(_ link: BareLink) {
    var range = link.range
    if !brackets.isEmpty {
      var depth = 0
      for index in range {
        if text[index] == ASCII.leftBracket { depth += 1 }
        if text[index] == ASCII.rightBracket {
          depth -= 1
          if depth < 0 {
            range = range.lowerBound..<index
            break
          }
        }
      }
    }
    position = range.upperBound
    bareLinkCount += 1
    let destination = link.prefix + String(decoding: text[range], as: UTF8.self)
    appendLink(to: destination, text: range, from: range.lowerBound, isBare: true)
  }

  private var leafStart: Int {
    Int(store[leaf].contentStart)
  }

  /// The first place that a link being found may start at: after the one before it.
  private var earliestStart: Int {
    bareLinks.last?.range.upperBound ?? leafStart
  }

  // MARK: Web addresses

  private mutating func webLink(at start: Int) -> BareLink? {
    guard HTMLScanner(text: text, end: end).has("www.", at: start), isBoundary(before: start),
      let domainEnd = domainEnd(from: start, needsPeriod: true)
    else { return nil }
    return BareLink(range: start..<linkEnd(from: start, domainEnd), prefix: "http://")
  }

  private mutating func schemeLink(at colon: Int) -> BareLink? {
    guard colon + 3 < end, text[colon + 1] == ASCII.slash, text[colon + 2] == ASCII.slash else { return nil }
    var start = colon
    while start > earliestStart, text[start - 1].isASCIILetter, colon - start < 6 { start -= 1 }
    let scheme = String(decoding: text[start..<colon], as: UTF8.self).lowercased()
    guard ["http", "https", "ftp"].contains(scheme), start == leafStart || !text[start - 1].isASCIIAlphanumeric,
      let domainEnd = domainEnd(from: colon + 3, needsPeriod: false), domainEnd > colon + 3
    else { return nil }
    return BareLink(range: start..<linkEnd(from: start, domainEnd), prefix: "")
  }

  private func isBoundary(before index: Int) -> Bool {
    guard index > leafStart else { return true }
    let byte = text[index - 1]
    switch byte {
    case ASCII.asterisk, ASCII.underscore, ASCII.tilde, ASCII.leftParenthesis: return true
    default: return byte.isASCIIWhitespace
    }
  }

  /// The end of a domain: segments joined by periods, the last two without underscores.
  private mutating func domainEnd(from start: Int, needsPeriod: Bool) -> Int? {
    guard start >= failedSearches.domainEnd else { return nil }
    var index = start
    var periods = 0
    var hasUnderscore = (last: false, secondLast: false)
    while index < end {
      switch text[index] {
      case ASCII.underscore:
        hasUnderscore.last = true
      case ASCII.period:
        periods += 1
        hasUnderscore = (last: false, secondLast: hasUnderscore.last)
      case ASCII.hyphen:
        break
      default:
        guard text[index] >= 0x80 || text[index].isASCIIAlphanumeric else {
          return isDomain() ? index : nil
        }
      }
      index += 1
    }
    return isDomain() ? index : nil

    func isDomain() -> Bool {
      if hasUnderscore.last || hasUnderscore.secondLast {
        failedSearches.domainEnd = index
        return false
      }
      return !needsPeriod || periods > 0
    }
  }

  /// The end of a link: up to white space or `<`, without trailing punctuation and unbalanced parentheses.
  private func linkEnd(from start: Int, _ domainEnd: Int) -> Int {
    var close = domainEnd
    while close < end, !text[close].isASCIIWhitespace, text[close] != ASCII.less { close += 1 }
    var opening = 0
    var closing = 0
    for index in start..<close {
      if text[index] == ASCII.leftParenthesis { opening += 1 }
      if text[index] == ASCII.rightParenthesis { closing += 1 }
    }
    while close > start {
      switch text[close - 1] {
      case ASCII.rightParenthesis:
        guard closing > opening else { return close }
        closing -= 1
        close -= 1
      case ASCII.question, ASCII.exclamation, ASCII.period, 0x2C, ASCII.colon, ASCII.asterisk, ASCII.underscore,
        ASCII.tilde, ASCII.apostrophe, ASCII.quote:
        close -= 1
      case ASCII.semicolon:
        // What looks like an entity at the end is not part of the link.
        var name = close - 1
        while name > start, text[name - 1].isASCIILetter { name -= 1 }
        close = name < close - 1 && text[name - 1] == ASCII.ampersand ? name - 1 : close - 1
      default:
        return close
      }
    }
    return close
  }

  // MARK: Addresses

  private func address(at sign: Int) -> BareLink? {
    var start = sign
    while start > earliestStart, isAddressByte(text[start - 1]) || text[start - 1] == ASCII.plus { start -= 1 }
    guard start < sign else { return nil }
    var close = sign + 1
    var periods = 0
    while close < end, isAddressByte(text[close]) {
      if text[close] == ASCII.period {
        guard close + 1 < end, text[close + 1].isASCIIAlphanumeric else { break }
        periods += 1
      }
      close += 1
    }
    guard periods > 0, text[close - 1] != ASCII.hyphen, text[close - 1] != ASCII.underscore else { return nil }
    return BareLink(range: start..<close, prefix: "mailto:")
  }

  private func isAddressByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == ASCII.period || byte == ASCII.hyphen || byte == ASCII.underscore
  }
}
