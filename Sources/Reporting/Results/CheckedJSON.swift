import NbrunDigests
import NbrunJSONValues
import NbrunSteps

/// A JSON value that knows its place in its file, so that an error can name it. Missing members are `null`.
struct CheckedJSON {
  /// The way to a value from the root of its file. Its text is made where something is wrong, which is nearly never.
  private indirect enum Path {
    case root
    case member(Path, String)
    case element(Path, Int)

    var text: String {
      switch self {
      case .root: ""
      case .member(.root, let key): key
      case .member(let path, let key): "\(path.text).\(key)"
      case .element(let path, let index): "\(path.text)[\(index)]"
      }
    }
  }

  private let content: JSONNode.Content
  private let path: Path

  /// The root of a file.
  init(_ root: JSONNode) { self.init(root.content, .root) }
  private init(_ content: JSONNode.Content, _ path: Path) { (self.content, self.path) = (content, path) }
  /// Such as `cells[2].metrics`.
  var place: String { path.text }
  /// The value without its place.
  var value: JSONValue { JSONNode(content: content, range: 0..<0).value }
  /// The member named `key`; a missing one is refused where it is read.
  subscript(key: String) -> CheckedJSON { optional(key) ?? CheckedJSON(.null, .member(path, key)) }

  /// The member named `key`, nil where it is missing.
  func optional(_ key: String) -> CheckedJSON? {
    guard case .object(let members) = content, let member = members.first(where: { $0.key == key }) else { return nil }
    return CheckedJSON(member.value.content, .member(path, key))
  }

  // MARK: Plain values

  var text: String { get throws(ResultsFileError) { try expect(string, "a string") } }
  var int: Int { get throws(ResultsFileError) { try expect(value.int, "a whole number") } }
  var bool: Bool { get throws(ResultsFileError) { try expect(value.bool, "true or false") } }
  /// The value itself, where it is a number or stands for NaN or an infinity.
  var number: JSONValue { get throws(ResultsFileError) { try expect(value.double.map { _ in value }, "a number") } }

  /// The value itself, where it is a number of seconds.
  var duration: JSONValue {
    get throws(ResultsFileError) {
      try expect(value.double.flatMap { $0.isFinite && $0 >= 0 ? value : nil }, "a number of seconds")
    }
  }

  /// A whole number from 1.
  var count: Int {
    get throws(ResultsFileError) { try expect(value.int.flatMap { $0 > 0 ? $0 : nil }, "a whole number from 1") }
  }

  var seed: UInt32 {
    get throws(ResultsFileError) {
      try expect(value.int.flatMap { UInt32(exactly: $0) }, "a whole number from 0 to \(UInt32.max)")
    }
  }

  var numbers: [JSONValue] {
    get throws(ResultsFileError) { try list { (item) throws(ResultsFileError) in try item.number } }
  }

  var digest: Digest {
    get throws(ResultsFileError) { try expect(string.flatMap { Digest(hexadecimal: $0) }, "a SHA-256 digest") }
  }

  func name<Named>() throws(ResultsFileError) -> NotebookName<Named> {
    try expect(string.flatMap { NotebookName($0) }, "a name of small letters, digits and hyphens")
  }

  func choice<Value>(_ choices: [String: Value]) throws(ResultsFileError) -> Value {
    try expect(string.flatMap { choices[$0] }, choices.keys.sorted().map { "\"\($0)\"" }.joined(separator: " or "))
  }

  // MARK: Lists and objects

  func list<Element>(_ read: (CheckedJSON) throws(ResultsFileError) -> Element) throws(ResultsFileError) -> [Element] {
    guard case .array(let nodes) = content else { return try expect(nil, "a list") }
    var elements: [Element] = []
    elements.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      elements.append(try read(CheckedJSON(node.content, .element(path, index))))
    }
    return elements
  }

  func members<Value>(
    _ read: (CheckedJSON) throws(ResultsFileError) -> Value
  ) throws(ResultsFileError) -> [String: Value] {
    guard case .object(let members) = content else { return try expect(nil, "an object") }
    var values: [String: Value] = [:]
    for member in members {
      values[member.key] = try read(CheckedJSON(member.value.content, .member(path, member.key)))
    }
    return values
  }

  func named<Named, Value>(
    _ read: (CheckedJSON) throws(ResultsFileError) -> Value
  ) throws(ResultsFileError) -> [NotebookName<Named>: Value] {
    var values: [NotebookName<Named>: Value] = [:]
    for (key, value) in try members(read) {
      guard let name = NotebookName<Named>(key) else {
        throw ResultsFileError(place: place, message: "\"\(key)\" is no name of small letters, digits and hyphens")
      }
      values[name] = value
    }
    return values
  }

  private var string: String? { if case .string(let text) = content { text } else { nil } }

  private func expect<Value>(_ value: Value?, _ expected: @autoclosure () -> String) throws(ResultsFileError) -> Value {
    guard let value else { throw ResultsFileError(place: place, message: "\(expected()) is expected") }
    return value
  }
}
