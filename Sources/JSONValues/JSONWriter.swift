/// Writes JSON text that depends on the value alone: keys sorted by their UTF-8 bytes, numbers as given.
public enum JSONWriter {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// One line without spaces: canonical, for digests and messages.
    case compact
    /// A member a line, lists of plain values filled up to the line's width: for people and for diffs.
    case readable
  }

  /// The text of `value`; a readable one ends with a line feed.
  public static func string(_ value: JSONValue, layout: Layout = .compact) -> String {
    var text = ""
    switch layout {
    case .compact:
      writeCompact(value, to: &text)
    case .readable:
      writeReadable(value, indent: 0, to: &text)
      text += "\n"
    }
    return text
  }

  private static func writeCompact(_ value: JSONValue, to text: inout String) {
    switch value {
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        writeCompact(element, to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in sorted(members).enumerated() {
        if index > 0 { text += "," }
        writeString(member.key, to: &text)
        text += ":"
        writeCompact(member.value, to: &text)
      }
      text += "}"
    default:
      writePlain(value, to: &text)
    }
  }

  private static func writeReadable(_ value: JSONValue, indent: Int, to text: inout String) {
    let inner = String(repeating: " ", count: indent + 1)
    switch value {
    case .array(let elements) where elements.allSatisfy(\.isPlain):
      writeFilled(elements, indent: indent, to: &text)
    case .array(let elements):
      text += "[\n"
      for (index, element) in elements.enumerated() {
        text += inner
        writeReadable(element, indent: indent + 1, to: &text)
        text += index < elements.count - 1 ? ",\n" : "\n"
      }
      text += String(repeating: " ", count: indent) + "]"
    case .object(let members) where members.isEmpty:
      text += "{}"
    case .object(let members):
      text += "{\n"
      for (index, member) in sorted(members).enumerated() {
        text += inner
        writeString(member.key, to: &text)
        text += ": "
        writeReadable(member.value, indent: indent + 1, to: &text)
        text += index < members.count - 1 ? ",\n" : "\n"
      }
      text += String(repeating: " ", count: indent) + "}"
    default:
      writePlain(value, to: &text)
    }
  }

  /// A list of plain values, as many a line as fit into 120 columns.
  private static func writeFilled(_ elements: [JSONValue], indent: Int, to text: inout String) {
    let widest = 120
    var line = "["
    for (index, element) in elements.enumerated() {
      var piece = ""
      writePlain(element, to: &piece)
      if index < elements.count - 1 { piece += "," }
      if indent + line.utf8.count + 1 + piece.utf8.count > widest, line != "[" {
        text += line + "\n" + String(repeating: " ", count: indent + 1)
        line = piece
      } else {
        line += (line == "[" ? "" : " ") + piece
      }
    }
    text += line + "]"
  }

  private static func writePlain(_ value: JSONValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number): text += number
    case .string(let string): writeString(string, to: &text)
    case .array, .object: preconditionFailure("lists and objects are no plain values")
    }
  }

  /// Writes a text in quotation marks. What needs no escape goes over in whole runs of bytes.
  private static func writeString(_ string: String, to text: inout String) {
    var string = string
    text += "\""
    string.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        guard let (escape, length) = escape(at: index, in: bytes) else {
          index += 1
          continue
        }
        text += String(decoding: bytes[start..<index], as: UTF8.self)
        text += escape
        index += length
        start = index
      }
      text += String(decoding: bytes[start...], as: UTF8.self)
    }
    text += "\""
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
