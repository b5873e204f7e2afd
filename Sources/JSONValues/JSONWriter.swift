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

  private static func writeString(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
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
