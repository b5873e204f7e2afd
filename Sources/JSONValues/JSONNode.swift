/// A JSON value that knows where in its source every part of it stands, so that an error can point into it.
public struct JSONNode: Sendable, Equatable {
  /// What stands there.
  public enum Content: Sendable, Equatable {
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as written.
    case number(String)
    /// A string, with its escapes resolved.
    case string(String)
    /// A list.
    case array([JSONNode])
    /// An object's members in the order in which they are written.
    case object([Member])
  }

  /// One member of an object.
  public struct Member: Sendable, Equatable {
    /// Its key, with escapes resolved.
    public let key: String
    /// The key's bytes in the source.
    public let keyRange: Range<Int>
    /// Its value.
    public let value: JSONNode
  }

  /// What stands there.
  public let content: Content
  /// Its bytes in the source.
  public let range: Range<Int>

  /// `content`, read from the bytes in `range`.
  package init(content: Content, range: Range<Int>) { (self.content, self.range) = (content, range) }

  /// The value without its places.
  package var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let text): .number(text)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members):
      .object(Dictionary(members.map { ($0.key, $0.value.value) }, uniquingKeysWith: { _, last in last }))
    }
  }

  /// The kind of value in a word or two, for messages.
  package var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// What is wrong with a JSON text, and where.
package struct JSONError: Error, Sendable, Equatable {
  /// One sentence without a full stop.
  package let message: String
  /// The bytes of the source that it speaks of.
  package let range: Range<Int>

  /// `message`, about the bytes in `range`.
  package init(_ message: String, at range: Range<Int>) { (self.message, self.range) = (message, range) }
}
