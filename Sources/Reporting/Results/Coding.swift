import NbrunDigests
import NbrunJSONValues
import NbrunSteps

package struct ResultsFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where in the file: `cells[2].metrics`; empty for the whole of it.
  package var place: String
  /// One sentence without a full stop.
  package var message: String

  init(_ message: String, at place: String = "") { (self.place, self.message) = (place, message) }

  package var description: String { place.isEmpty ? message : "\(place): \(message)" }

  /// The error as one of what stands around its place, which is there at `step`: a member's key, or an index in brackets.
  fileprivate func within(_ step: String) -> ResultsFileError {
    let dot = place.isEmpty || place.hasPrefix("[") ? "" : "."
    return ResultsFileError(message, at: step + dot + place)
  }
}

extension NotebookName: LosslessStringConvertible {}

/// How a value stands in a results file, declared once for reading and for writing.
struct Coding<Value> {
  let read: (JSONNode) throws(ResultsFileError) -> Value
  let write: (Value) -> JSONValue
}

/// A value that stands in a results file as an object, each of whose members is named once.
protocol FileObject {
  /// Reads all members, or writes them.
  mutating func visit(_ members: inout Members)
}

/// The members of an object, each read into its variable or written from it.
struct Members {
  /// What is read; nil while the object is written.
  fileprivate let source: JSONNode?
  fileprivate var written: [String: JSONValue] = [:]
  /// The first thing that is wrong; nothing is read after it.
  fileprivate var error: ResultsFileError?

  /// A member that is always there.
  mutating func take<Value>(_ key: String, _ value: inout Value, _ coding: Coding<Value>) {
    if let source { value = read(key, of: source, coding) ?? value } else { written[key] = coding.write(value) }
  }

  /// A member that is there unless it is nil.
  mutating func take<Value>(_ key: String, _ value: inout Value?, _ coding: Coding<Value>) {
    if let source {
      value = source[key].flatMap { _ in read(key, of: source, coding) }
    } else {
      written[key] = value.map(coding.write)
    }
  }

  /// A member that is there unless it is empty.
  mutating func take<Value: Collection>(orEmpty key: String, _ value: inout Value, _ coding: Coding<Value>) {
    var full = value.isEmpty ? nil : value
    take(key, &full, coding)
    value = full ?? value
  }

  /// Refuses what has been read of the member `key`.
  mutating func refuse(_ key: String, _ message: String) {
    if error == nil { error = ResultsFileError(message, at: key) }
  }

  private mutating func read<Value>(_ key: String, of json: JSONNode, _ coding: Coding<Value>) -> Value? {
    guard error == nil else { return nil }
    do throws(ResultsFileError) { return try json.read(key, coding) } catch { self.error = error }
    return nil
  }
}

extension JSONNode {
  /// The member named `key`; nil where there is none.
  subscript(key: String) -> JSONNode? {
    if case .object(let members) = content { members.first { $0.key == key }?.value } else { nil }
  }

  /// What the member named `key` holds; a missing one is `null`.
  func read<Value>(_ key: String, _ coding: Coding<Value>) throws(ResultsFileError) -> Value {
    do throws(ResultsFileError) { return try coding.read(self[key] ?? JSONNode(content: .null, range: 0..<0)) } catch {
      throw error.within(key)
    }
  }
}

extension Coding {
  /// A value that is made of what stands there, or nil of anything else than is expected.
  init(
    _ expected: @escaping @autoclosure () -> String, _ read: @escaping (JSONValue) -> Value?,
    _ write: @escaping (Value) -> JSONValue
  ) {
    self.init(
      read: { (json) throws(ResultsFileError) in
        guard let value = read(json.value) else { throw ResultsFileError("\(expected()) is expected") }
        return value
      }, write: write)
  }

  /// - Parameter blank: a value whose members are still to be read.
  static func object(_ blank: Value) -> Self where Value: FileObject {
    Coding(
      read: { (json) throws(ResultsFileError) in
        var (value, members) = (blank, Members(source: json))
        value.visit(&members)
        if let error = members.error { throw error }
        return value
      },
      write: { value in
        var (value, members) = (value, Members(source: nil))
        value.visit(&members)
        return .object(members.written)
      })
  }

  static func list<Element>(_ element: Coding<Element>) -> Self where Value == [Element] {
    Coding(
      read: { (json) throws(ResultsFileError) in
        guard case .array(let nodes) = json.content else { throw ResultsFileError("a list is expected") }
        var values: [Element] = []
        values.reserveCapacity(nodes.count)
        for node in nodes {
          do throws(ResultsFileError) { values.append(try element.read(node)) } catch {
            throw error.within("[\(values.count)]")
          }
        }
        return values
      }, write: { .array($0.map(element.write)) })
  }

  /// Values by names of the notebook language, or by any text.
  static func dictionary<Key: LosslessStringConvertible, Member>(
    _ member: Coding<Member>
  ) -> Self where Value == [Key: Member] {
    Coding(
      read: { (json) throws(ResultsFileError) in
        guard case .object(let members) = json.content else { throw ResultsFileError("an object is expected") }
        var values: [Key: Member] = [:]
        for item in members {
          guard let key = Key(item.key) else {
            throw ResultsFileError("\"\(item.key)\" is no name of small letters, digits and hyphens")
          }
          do throws(ResultsFileError) { values[key] = try member.read(item.value) } catch {
            throw error.within(item.key)
          }
        }
        return values
      },
      write: { values in
        .object(Dictionary(uniqueKeysWithValues: values.map { ($0.key.description, member.write($0.value)) }))
      })
  }

  static func name<Named>() -> Self where Value == NotebookName<Named> {
    Coding(
      "a name of small letters, digits and hyphens", { $0.text.flatMap { NotebookName($0) } }, { .string($0.text) })
  }

  /// One of the type's words.
  static func word() -> Self where Value: RawRepresentable<String> & CaseIterable {
    Coding(
      Value.allCases.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: " or "),
      { $0.text.flatMap(Value.init) }, { .string($0.rawValue) })
  }

  static func text() -> Self where Value == String { Coding("a string", \.text, JSONValue.string) }
  static func truth() -> Self where Value == Bool { Coding("true or false", \.bool, JSONValue.bool) }
  static func whole() -> Self where Value == Int { Coding("a whole number", \.int, JSONValue.integer) }

  static func count() -> Self where Value == Int {
    Coding("a whole number from 1", { $0.int.flatMap { $0 > 0 ? $0 : nil } }, JSONValue.integer)
  }

  static func seed() -> Self where Value == UInt32 {
    Coding(
      "a whole number from 0 to \(UInt32.max)", { $0.int.flatMap { UInt32(exactly: $0) } }, { .integer(Int($0)) })
  }

  static func digest() -> Self where Value == Digest {
    Coding("a SHA-256 digest", { $0.text.flatMap { Digest(hexadecimal: $0) } }, { .string($0.description) })
  }

  static func any() -> Self where Value == JSONValue { Coding(read: \.value, write: \.self) }

  /// A number, or what stands for NaN or an infinity, as it is written.
  static func number() -> Self where Value == JSONValue {
    Coding("a number", { json in json.double.map { _ in json } }, \.self)
  }

  static func seconds() -> Self where Value == JSONValue {
    Coding("a number of seconds", { json in json.double.flatMap { $0.isFinite && $0 >= 0 ? json : nil } }, \.self)
  }

  static func numbers() -> Self where Value == [JSONValue] {
    Coding(read: Self.list(.number()).read, write: JSONValue.array)
  }
}
