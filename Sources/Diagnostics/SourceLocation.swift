/// A place in a source text. Lines and columns are 1-based; columns count characters, so a caret can be placed under one.
public struct SourceLocation: Sendable, Hashable, Comparable, Codable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in characters.
  public var column: Int

  /// The place at `line` and `column`.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether `left` comes before `right` in the text.
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A half-open range of a source text: from `start` up to, not including, `end`.
public struct SourceRange: Sendable, Hashable, Codable {
  /// Where it begins.
  public var start: SourceLocation
  /// The place after its last character.
  public var end: SourceLocation

  /// The range from `start` up to `end`.
  public init(_ start: SourceLocation, _ end: SourceLocation) {
    self.start = start
    self.end = end
  }

  /// `length` characters of one line.
  public init(line: Int, column: Int, length: Int) {
    start = SourceLocation(line: line, column: column)
    end = SourceLocation(line: line, column: column + length)
  }
}

/// A value together with the place that it was read from.
public struct Located<Value> {
  /// The value.
  public var value: Value
  /// Where it stands.
  public var range: SourceRange

  /// `value`, read from `range`.
  public init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }

  /// The same place with another value.
  public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Located<Other> {
    Located<Other>(try transform(value), at: range)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Codable where Value: Codable {}
