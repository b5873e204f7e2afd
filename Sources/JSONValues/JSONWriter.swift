/// Writes JSON text that depends on the value alone: keys sorted by their UTF-8 bytes, numbers as given.
package enum JSONWriter {
  /// How the text is laid out.
  package enum Layout: Sendable {
    /// One line without spaces: canonical, for digests and messages.
    case compact
    /// One line with a space behind each comma and colon.
    case spaced
    /// A member a line, lists of plain values filled up to the line's width: for people and for diffs.
    case readable
  }

  /// The text of `value`; a readable one ends with a line feed.
  package static func string(_ value: JSONValue, layout: Layout = .compact) -> String {
    // Bytes are appended to an array: a string would look at each piece anew.
    var text: [UInt8] = []
    write(value, indent: layout == .readable ? 0 : nil, space: layout == .compact ? "" : " ", to: &text)
    if layout == .readable { text.append(UInt8(ascii: "\n")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes a value, its lines `indent` spaces deep; on one line where there is no indentation.
  private static func write(_ value: JSONValue, indent: Int?, space: String, to text: inout [UInt8]) {
    let inner = indent.map { $0 + 1 }
    switch value {
    case .array(let elements):
      if let indent, elements.allSatisfy(\.isPlain) { return writeFilled(elements, indent: indent, to: &text) }
      writeList(elements, "[", "]", indent: indent, space: space, to: &text) {
        write($0, indent: inner, space: space, to: &$1)
      }
    case .object(let members) where members.isEmpty: text += "{}".utf8
    case .object(let members):
      writeList(sorted(members), "{", "}", indent: indent, space: space, to: &text) { member, text in
        writeString(member.key, to: &text)
        text += ":\(space)".utf8
        write(member.value, indent: inner, space: space, to: &text)
      }
    default: writePlain(value, to: &text)
    }
  }

  /// Writes elements between brackets, each on a line of its own where there is an indentation.
  private static func writeList<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, indent: Int?, space: String, to text: inout [UInt8],
    _ write: (Element, inout [UInt8]) -> Void
  ) {
    func startLine(_ indent: Int) {
      text.append(UInt8(ascii: "\n"))
      text += repeatElement(UInt8(ascii: " "), count: indent)
    }
    text += opening.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { text += (indent == nil ? ",\(space)" : ",").utf8 }
      if let indent { startLine(indent + 1) }
      write(element, &text)
    }
    if let indent { startLine(indent) }
    text += closing.utf8
  }

  /// A list of plain values, as many a line as fit into 120 columns.
  private static func writeFilled(_ elements: [JSONValue], indent: Int, to text: inout [UInt8]) {
    let widest = 120
    var lineStart = text.count
    text += "[".utf8
    for (index, element) in elements.enumerated() {
      let start = text.count
      if index > 0 { text.append(UInt8(ascii: " ")) }
      writePlain(element, to: &text)
      if index < elements.count - 1 { text += ",".utf8 }
      if index > 0, indent + text.count - lineStart > widest {
        // It goes to the next line; the space before it becomes the line's end.
        text[start] = UInt8(ascii: "\n")
        text.insert(contentsOf: repeatElement(UInt8(ascii: " "), count: indent + 1), at: start + 1)
        lineStart = start + indent + 2
      }
    }
    text += "]".utf8
  }

  private static func writePlain(_ value: JSONValue, to text: inout [UInt8]) {
    switch value {
    case .null: text += "null".utf8
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .number(let number): text += number.utf8
    case .string(let string): writeString(string, to: &text)
    case .array, .object: preconditionFailure("lists and objects are no plain values")
    }
  }

  /// Writes a text in quotation marks. What needs no escape goes over in whole runs of bytes.
  private static func writeString(_ string: String, to text: inout [UInt8]) {
    var string = string
    text.append(UInt8(ascii: "\""))
    string.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        guard let (escape, length) = escape(at: index, in: bytes) else {
          index += 1
          continue
        }
        text += bytes[start..<index]
        text += escape.utf8
        index += length
        start = index
      }
      text += bytes[start...]
    }
    text.append(UInt8(ascii: "\""))
  }

  /// What is written for the character that begins at `index`, and how many bytes it has; nil where it stands for itself.
  private static func escape(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (text: String, length: Int)? {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\""): return ("\\\"", 1)
    case UInt8(ascii: "\\"): return ("\\\\", 1)
    case UInt8(ascii: "\n"): return ("\\n", 1)
    case UInt8(ascii: "\r"): return ("\\r", 1)
    case UInt8(ascii: "\t"): return ("\\t", 1)
    case 0..<0x20, 0x7F: return ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16), 1)
    // U+2028 and U+2029, which end lines in some readers' eyes.
    case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] | 1 == 0xA9:
      return (bytes[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
    default: return nil
    }
  }

  private static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

extension JSONValue {
  fileprivate var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
