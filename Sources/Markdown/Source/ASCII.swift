/// The bytes that Markdown gives a meaning, by name.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let exclamation: UInt8 = 0x21
  static let quote: UInt8 = 0x22
  static let hash: UInt8 = 0x23
  static let dollar: UInt8 = 0x24
  static let percent: UInt8 = 0x25
  static let ampersand: UInt8 = 0x26
  static let apostrophe: UInt8 = 0x27
  static let leftParenthesis: UInt8 = 0x28
  static let rightParenthesis: UInt8 = 0x29
  static let asterisk: UInt8 = 0x2A
  static let plus: UInt8 = 0x2B
  static let hyphen: UInt8 = 0x2D
  static let period: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let less: UInt8 = 0x3C
  static let equals: UInt8 = 0x3D
  static let greater: UInt8 = 0x3E
  static let question: UInt8 = 0x3F
  static let at: UInt8 = 0x40
  static let leftBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let rightBracket: UInt8 = 0x5D
  static let caret: UInt8 = 0x5E
  static let underscore: UInt8 = 0x5F
  static let backtick: UInt8 = 0x60
  static let leftBrace: UInt8 = 0x7B
  static let pipe: UInt8 = 0x7C
  static let rightBrace: UInt8 = 0x7D
  static let tilde: UInt8 = 0x7E
}

extension UInt8 {
  var isSpaceOrTab: Bool { self == ASCII.space || self == ASCII.tab }
  /// Space, tab, line feed, carriage return, line tabulation or form feed.
  var isASCIIWhitespace: Bool { self == ASCII.space || (self >= 0x09 && self <= 0x0D) }
  var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// A letter from A to Z, in either case.
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
  var isHexDigit: Bool { isASCIIDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }

  /// A punctuation character that a backslash can escape.
  var isASCIIPunctuation: Bool {
    (self >= 0x21 && self <= 0x2F) || (self >= 0x3A && self <= 0x40) || (self >= 0x5B && self <= 0x60)
      || (self >= 0x7B && self <= 0x7E)
  }

  /// A control character, which no link destination may contain.
  var isASCIIControl: Bool { self < 0x20 || self == 0x7F }
  /// The letter in lower case; any other byte as it is.
  var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension [UInt8] {
  /// Where the bytes from `start` on end that are so, at `limit` at the latest.
  @inline(__always)
  func end(of isPart: (UInt8) -> Bool, from start: Int, to limit: Int) -> Int {
    var index = start
    while index < limit, isPart(self[index]) { index += 1 }
    return index
  }

  /// The end of a range without the bytes at its end that are so.
  @inline(__always)
  func trimmedEnd(of range: Range<Int>, _ isDropped: (UInt8) -> Bool) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isDropped(self[end - 1]) { end -= 1 }
    return end
  }

  /// A range without the white space around what stands in it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let start = end(of: \.isASCIIWhitespace, from: range.lowerBound, to: range.upperBound)
    return start..<trimmedEnd(of: start..<range.upperBound, \.isASCIIWhitespace)
  }
}

extension Range<Int> {
  /// The first number in the range of which something holds that holds of all after it; the upper bound where it holds of none.
  @inline(__always)
  func partition(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
