/// Character references such as `&amp;`, `&#35;` and `&#x22;`.
enum Entities {
  /// The text that the reference at `start`, an ampersand, stands for, and where it ends.
  static func reference(in text: [UInt8], at start: Int, end: Int) -> (text: String, end: Int)? {
    guard start + 2 < end else { return nil }
    return text[start + 1] == ASCII.hash ? numeric(text, at: start + 2, end: end) : named(text, at: start + 1, end: end)
  }

  private static func named(_ text: [UInt8], at start: Int, end: Int) -> (text: String, end: Int)? {
    let limit = min(end, start + NamedEntities.maximumLength + 1)
    let index = text.end(of: \.isASCIIAlphanumeric, from: start, to: limit)
    guard index > start, index < end, text[index] == ASCII.semicolon,
      let replacement = NamedEntities.text(of: String(decoding: text[start..<index], as: UTF8.self))
    else { return nil }
    return (replacement, index + 1)
  }

  /// Up to seven decimal or six hexadecimal digits. What is no character becomes U+FFFD.
  private static func numeric(_ text: [UInt8], at start: Int, end: Int) -> (text: String, end: Int)? {
    let isHexadecimal = text[start] | 0x20 == UInt8(ascii: "x")
    let digits = isHexadecimal ? start + 1 : start
    let limit = min(end, digits + (isHexadecimal ? 6 : 7))
    let index = text.end(of: { isHexadecimal ? $0.isHexDigit : $0.isASCIIDigit }, from: digits, to: limit)
    guard index < end, text[index] == ASCII.semicolon,
      let value = UInt32(String(decoding: text[digits..<index], as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    else { return nil }
    let scalar = value == 0 ? nil : Unicode.Scalar(value)
    return (String(scalar ?? "\u{FFFD}"), index + 1)
  }
}

/// Text with backslash escapes and character references resolved, as in destinations, titles and info strings.
func unescaped(_ slice: ArraySlice<UInt8>) -> String {
  guard slice.contains(where: { $0 == ASCII.backslash || $0 == ASCII.ampersand }) else {
    return String(decoding: slice, as: UTF8.self)
  }
  let text = Array(slice)
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte == ASCII.backslash, index + 1 < text.count, text[index + 1].isASCIIPunctuation {
      result.append(text[index + 1])
      index += 2
    } else if byte == ASCII.ampersand, let reference = Entities.reference(in: text, at: index, end: text.count) {
      result.append(contentsOf: reference.text.utf8)
      index = reference.end
    } else {
      result.append(byte)
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}
