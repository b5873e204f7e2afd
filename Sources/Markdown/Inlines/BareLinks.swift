/// A place where a link in bare text may start.
struct BareLinkStart {
  /// Whether it begins with `www.`, not with `http://` or its like.
  var isWeb: Bool
  var start: Int
  /// Where its domain starts.
  var domain: Int
}

/// GitHub's extended autolinks of web addresses: `www.…`, `http://…`, `https://…` and `ftp://…` in bare text.
///
/// Their starts are found ahead of the inline parse; how far each reaches is found when nothing else has consumed its start.
extension InlineParser {
  /// Finds where the leaf's bare links may start.
  mutating func findBareLinks() {
    bareLinks.removeAll(keepingCapacity: true)
    nextBareLink = 0
    bareLinkCount = 0
    for index in position..<end {
      let found: BareLinkStart?
      switch text[index] {
      case UInt8(ascii: "w"): found = webStart(at: index)
      case ASCII.colon: found = schemeStart(at: index)
      default: continue
      }
      if let found { bareLinks.append(found) }
    }
  }

  /// Adds the bare link that starts at the present position, if there is one.
  mutating func parseBareLink(_ link: BareLinkStart) -> Bool {
    guard let domainEnd = domainEnd(from: link.domain, needsPeriod: link.isWeb) else { return false }
    let close = linkEnd(from: link.start, domainEnd)
    guard close > link.domain else { return false }
    position = close
    bareLinkCount += 1
    let prefix = link.isWeb ? "http://" : ""
    let range = link.start..<close
    let node = appendLink(to: prefix + String(decoding: text[range], as: UTF8.self), text: range, from: link.start)
    store[node].flags.insert(.bare)
    return true
  }

  /// The bracket that closes one opened before `range`: a link in brackets ends where they do.
  private func closingBracket(in range: Range<Int>) -> Int? {
    var depth = 0
    for index in range {
      if text[index] == ASCII.leftBracket { depth += 1 }
      if text[index] == ASCII.rightBracket {
        depth -= 1
        if depth < 0 { return index }
      }
    }
    return nil
  }

  private var leafStart: Int { Int(store[leaf].contentStart) }

  // MARK: Web addresses

  private func webStart(at start: Int) -> BareLinkStart? {
    // GitHub knows it in small letters alone.
    guard start + 4 < end, text[start..<start + 4].elementsEqual("www.".utf8), isHost(at: start + 4),
      start == leafStart || text[start - 1].isASCIIWhitespace || "*_~(".utf8.contains(text[start - 1])
    else { return nil }
    return BareLinkStart(isWeb: true, start: start, domain: start)
  }

  private func schemeStart(at colon: Int) -> BareLinkStart? {
    guard colon + 3 < end, text[colon + 1] == ASCII.slash, text[colon + 2] == ASCII.slash, isHost(at: colon + 3) else {
      return nil
    }
    var start = colon
    while start > leafStart, text[start - 1].isASCIILetter, colon - start < 6 { start -= 1 }
    let scheme = String(decoding: text[start..<colon], as: UTF8.self).lowercased()
    guard ["http", "https", "ftp"].contains(scheme), start == leafStart || !text[start - 1].isASCIIAlphanumeric else {
      return nil
    }
    return BareLinkStart(isWeb: false, start: start, domain: colon + 3)
  }

  /// Whether a domain may start at `index`.
  private func isHost(at index: Int) -> Bool { index < end && (text[index] >= 0x80 || text[index].isASCIIAlphanumeric) }

  /// The end of a domain: segments joined by periods, the last two without underscores, but for those at the very end of the link: they
  /// are the end of an emphasis, or punctuation.
  private mutating func domainEnd(from start: Int, needsPeriod: Bool) -> Int? {
    guard start >= failedSearches.domainEnd else { return nil }
    var index = start
    var periods = 0
    var hasUnderscore = (last: false, secondLast: false)
    var followsUnderscore = false
    while index < end {
      if text[index] == ASCII.underscore {
        followsUnderscore = true
        index += 1
        continue
      }
      let isSeparator = text[index] == ASCII.period || text[index] == ASCII.hyphen
      guard isSeparator || text[index] >= 0x80 || text[index].isASCIIAlphanumeric else { break }
      // A period joins two segments; one with nothing behind it is punctuation.
      if text[index] == ASCII.period, !isHost(at: index + 1), index + 1 >= end || text[index + 1] != ASCII.underscore {
        break
      }
      if followsUnderscore { hasUnderscore.last = true }
      followsUnderscore = false
      if text[index] == ASCII.period {
        periods += 1
        hasUnderscore = (last: false, secondLast: hasUnderscore.last)
      }
      index += 1
    }
    if followsUnderscore, index < end, text[index] != ASCII.less, !text[index].isASCIIWhitespace {
      hasUnderscore.last = true
    }
    if hasUnderscore.last || hasUnderscore.secondLast {
      failedSearches.domainEnd = index
      return nil
    }
    return needsPeriod && periods == 0 ? nil : index
  }

  /// The end of a link: up to white space or `<`, without trailing punctuation and unbalanced parentheses.
  private func linkEnd(from start: Int, _ domainEnd: Int) -> Int {
    var close = text.end(of: { !$0.isASCIIWhitespace && $0 != ASCII.less }, from: domainEnd, to: end)
    if !brackets.isEmpty { close = closingBracket(in: start..<close) ?? close }
    let opening = text[start..<close].count { $0 == ASCII.leftParenthesis }
    var closing = text[start..<close].count { $0 == ASCII.rightParenthesis }
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
      default: return close
      }
    }
    return close
  }
}
