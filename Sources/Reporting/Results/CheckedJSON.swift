import Digests
import JSONValues
import Steps

/// A JSON value that knows its place in its file, so that an error can name it. Missing members are `null`.
struct CheckedJSON {
  var value: JSONValue
  /// Such as `cells[2].metrics`.
  var place: String

  /// The member named `key`; a missing one is refused where it is read.
  subscript(key: String) -> CheckedJSON {
    CheckedJSON(value: value[key] ?? .null, place: place.isEmpty ? key : "\(place).\(key)")
  }

  /// The member named `key`, nil where it is missing.
  func optional(_ key: String) -> CheckedJSON? {
    value[key] == nil ? nil : self[key]
  }

  // MARK: Plain values

  var text: String {
    get throws(ResultsFileError) { try expect(value.text, "a string") }
  }

  var int: Int {
    get throws(ResultsFileError) { try expect(value.int, "a whole number") }
  }

  var bool: Bool {
    get throws(ResultsFileError) { try expect(value.bool, "true or false") }
  }

  /// The value itself, where it is a number or stands for NaN or an infinity.
  var number: JSONValue {
    get throws(ResultsFileError) { try expect(value.double.map { _ in value }, "a number") }
  }

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
    get throws(ResultsFileError) { try expect(value.text.flatMap { Digest(hexadecimal: $0) }, "a SHA-256 digest") }
  }

  func name<Name: NotebookName>() throws(ResultsFileError) -> Name {
    try expect(value.text.flatMap { Name($0) }, "a name of small letters, digits and hyphens")
  }

  func choice<Value>(_ choices: [String: Value]) throws(ResultsFileError) -> Value {
    try expect(value.text.flatMap { choices[$0] }, choices.keys.sorted().map { "\"\($0)\"" }.joined(separator: " or "))
  }

  // MARK: Lists and objects

  func list<Element>(
    _ read: (CheckedJSON) throws(ResultsFileError) -> Element
  ) throws(ResultsFileError) -> [Element] {
    var elements: [Element] = []
    for (index, element) in try expect(value.elements, "a list").enumerated() {
      elements.append(try read(CheckedJSON(value: element, place: "\(place)[\(index)]")))
    }
    return elements
  }

  func members<Value>(
    _ read: (CheckedJSON) throws(ResultsFileError) -> Value
  ) throws(ResultsFileError) -> [String: Value] {
    var values: [String: Value] = [:]
    for key in try expect(value.members, "an object").keys.sorted() { values[key] = try read(self[key]) }
    return values
  }

  func named<Name: NotebookName, Value>(
    _ read: (CheckedJSON) throws(ResultsFileError) -> Value
  ) throws(ResultsFileError) -> [Name: Value] {
    var values: [Name: Value] = [:]
    for (key, value) in try members(read) {
      guard let name = Name(key) else {
        throw ResultsFileError(place: place, message: "\"\(key)\" is no name of small letters, digits and hyphens")
      }
      values[name] = value
    }
    return values
  }

  private func expect<Value>(_ value: Value?, _ expected: String) throws(ResultsFileError) -> Value {
    guard let value else { throw ResultsFileError(place: place, message: "\(expected) is expected") }
    return value
  }
}
