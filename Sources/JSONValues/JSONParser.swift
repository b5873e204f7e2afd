/// A strict parser of JSON (RFC 8259): no comments, no trailing commas, no duplicate keys, nothing after the value.
package struct JSONParser {
  /// How deeply lists and objects may nest. Values are walked by recursion, so their depth is bounded where they are read.
  package static let deepestNesting = 256

  private let source: [UInt8]
  /// The members whose lists and objects are passed over and read as empty.
  private let passedOver: Set<String>
  private var position = 0

  /// Reads the one value that `source` holds.
  /// - Parameter passedOver: the keys of members whose lists and objects are not read but left empty, by whoever needs a few members
  ///   of a long file.
  /// - Throws: `JSONError` with the place.
  package static func parse(
    _ source: some Sequence<UInt8>, passingOver passedOver: Set<String> = []
  ) throws(JSONError) -> JSONNode {
    var parser = JSONParser(source: Array(source), passedOver: passedOver)
    parser.skipWhitespace()
    let node = try parser.value(depth: 0)
    parser.skipWhitespace()
    if parser.position < parser.source.count {
      throw JSONError("nothing may follow the value", at: parser.position..<parser.source.count)
    }
    return node
  }

  /// Reads the one value that `text` holds.
  /// - Throws: `JSONError` with the place.
  package static func parse(_ text: String) throws(JSONError) -> JSONNode { try parse(text.utf8) }

  // MARK: Values

  private mutating func value(depth: Int) throws(JSONError) -> JSONNode {
    guard let byte = peek else { throw JSONError("a value is missing", at: here) }
    let start = position
    switch byte {
    case UInt8(ascii: "["): return JSONNode(content: .array(try array(depth: depth)), range: start..<position)
    case UInt8(ascii: "{"): return JSONNode(content: .object(try object(depth: depth)), range: start..<position)
    case UInt8(ascii: "\""): return JSONNode(content: .string(try string()), range: start..<position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(content: .number(try number()), range: start..<position)
    default: return try word()
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONNode] {
    try enter(depth)
    var elements: [JSONNode] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipWhitespace()
      if take(UInt8(ascii: "]")) { return elements }
      try expect(UInt8(ascii: ","), "a list's elements are separated by \",\" and end with \"]\"")
      skipWhitespace()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> [JSONNode.Member] {
    try enter(depth)
    var members: [JSONNode.Member] = []
    // A set only where comparing with each key would take longer than hashing them.
    var keys: Set<String> = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      guard peek == UInt8(ascii: "\"") else { throw JSONError("a key is a string in double quotes", at: here) }
      let start = position
      let key = try string()
      let range = start..<position
      if members.count == 8 { keys = Set(members.map(\.key)) }
      let isNew = members.count < 8 ? !members.contains { $0.key == key } : keys.insert(key).inserted
      guard isNew else { throw JSONError("the key \"\(key)\" is given twice", at: range) }
      skipWhitespace()
      try expect(UInt8(ascii: ":"), "a key is followed by \":\"")
      skipWhitespace()
      let value = passedOver.contains(key) ? try emptied(depth: depth + 1) : try value(depth: depth + 1)
      members.append(JSONNode.Member(key: key, keyRange: range, value: value))
      skipWhitespace()
      if take(UInt8(ascii: "}")) { return members }
      try expect(UInt8(ascii: ","), "an object's members are separated by \",\" and end with \"}\"")
      skipWhitespace()
    }
  }

  /// The list or object that begins here, empty; another value as it is.
  private mutating func emptied(depth: Int) throws(JSONError) -> JSONNode {
    guard let first = peek, first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
      return try value(depth: depth)
    }
    let start = position
    var open = 0
    repeat {
      switch peek {
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
      case UInt8(ascii: "\""):
        repeat { position += peek == UInt8(ascii: "\\") ? 2 : 1 } while peek != nil && peek != UInt8(ascii: "\"")
      case nil: throw JSONError("this is not closed", at: start..<source.count)
      default: break
      }
      position += 1
    } while open > 0
    return JSONNode(content: first == UInt8(ascii: "[") ? .array([]) : .object([]), range: start..<position)
  }

  private mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth < Self.deepestNesting else {
      throw JSONError("lists and objects nest more than \(Self.deepestNesting) deep", at: here)
    }
    position += 1
    skipWhitespace()
  }

  private mutating func word() throws(JSONError) -> JSONNode {
    let start = position
    while let byte = peek, byte.isWordCharacter { position += 1 }
    let range = start..<max(position, min(start + 1, source.count))
    switch String(decoding: source[start..<position], as: UTF8.self) {
    case "true": return JSONNode(content: .bool(true), range: range)
    case "false": return JSONNode(content: .bool(false), range: range)
    case "null": return JSONNode(content: .null, range: range)
    case let word: throw JSONError(word.isEmpty ? "a value is missing" : "\"\(word)\" is no JSON value", at: range)
    }
  }

  private mutating func number() throws(JSONError) -> String {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits(from: start) }
    if take(UInt8(ascii: ".")) { try digits(from: start) }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits(from: start)
    }
    if let byte = peek, byte.isWordCharacter || byte == UInt8(ascii: ".") {
      while let byte = peek, byte.isWordCharacter || byte == UInt8(ascii: ".") { position += 1 }
      throw JSONError("this is no JSON number", at: start..<position)
    }
    return String(decoding: source[start..<position], as: UTF8.self)
  }

  private mutating func digits(from start: Int) throws(JSONError) {
    let first = position
    while let byte = peek, byte.isDigit { position += 1 }
    if position == first { throw JSONError("a digit is missing in this number", at: start..<max(position, start + 1)) }
  }

  // MARK: Strings

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var bytes: [UInt8] = []
    while let byte = peek {
      // What stands for itself is taken in whole runs.
      let run = position
      while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
      if position > run {
        // Most strings are one run.
        if bytes.isEmpty, peek == UInt8(ascii: "\""),
          let text = String(validating: source[run..<position], as: UTF8.self)
        {
          position += 1
          return text
        }
        bytes += source[run..<position]
        continue
      }
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw JSONError("this string is not valid UTF-8", at: start..<position)
        }
        return text
      case UInt8(ascii: "\\"): bytes.append(contentsOf: try escape())
      default: throw JSONError("a control character must be escaped in a string", at: position - 1..<position)
      }
    }
    throw JSONError("this string is not closed", at: start..<position)
  }

  private mutating func escape() throws(JSONError) -> [UInt8] {
    let start = position - 1
    guard let byte = peek else { throw JSONError("this string is not closed", at: start..<position) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape(from: start)).utf8)
    default: throw JSONError("this is no escape of JSON", at: start..<position)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Character {
    let first = try hexadecimal(from: start)
    var scalar = first
    if (0xD800..<0xDC00).contains(first) {
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
        throw JSONError("half of a surrogate pair", at: start..<position)
      }
      let second = try hexadecimal(from: start)
      guard (0xDC00..<0xE000).contains(second) else {
        throw JSONError("half of a surrogate pair", at: start..<position)
      }
      scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let unicode = Unicode.Scalar(scalar) else {
      throw JSONError("half of a surrogate pair", at: start..<position)
    }
    return Character(unicode)
  }

  private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
    let end = min(position + 4, source.count)
    let text = String(decoding: source[position..<end], as: UTF8.self)
    guard text.utf8.count == 4, text.utf8.allSatisfy(\.isHexadecimalDigit), let value = UInt32(text, radix: 16) else {
      throw JSONError("\\u needs four hexadecimal digits", at: start..<end)
    }
    position = end
    return value
  }

  // MARK: Bytes

  private var peek: UInt8? { position < source.count ? source[position] : nil }
  private var here: Range<Int> { position..<min(position + 1, source.count) }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ message: String) throws(JSONError) {
    if !take(byte) { throw JSONError(message, at: here) }
  }

  private mutating func skipWhitespace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isHexadecimalDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }

  /// Letters, digits, signs and anything beyond ASCII: what a mistyped word is made of.
  fileprivate var isWordCharacter: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
      || self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self >= 0x80
  }
}
