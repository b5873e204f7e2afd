/// A place in a source text. Lines and columns are 1-based; columns count characters, so a caret can be placed under one.
package struct SourceLocation: Sendable, Hashable, Comparable, Codable {
  /// The line, from 1.
  package var line: Int
  /// The column, from 1, in characters.
  package var column: Int

  /// The place at `line` and `column`.
  package init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

  /// Whether `left` comes before `right` in the text.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A half-open range of a source text: from `start` up to, not including, `end`.
package struct SourceRange: Sendable, Hashable, Codable {
  /// Where it begins.
  package var start: SourceLocation
  /// The place after its last character.
  package var end: SourceLocation

  /// The range from `start` up to `end`.
  package init(_ start: SourceLocation, _ end: SourceLocation) { (self.start, self.end) = (start, end) }

  /// `length` characters of one line.
  package init(line: Int, column: Int, length: Int) {
    start = SourceLocation(line: line, column: column)
    end = SourceLocation(line: line, column: column + length)
  }
}

/// A value together with the place that it was read from.
package struct Located<Value> {
  package var value: Value
  /// Where it stands.
  package var range: SourceRange

  /// `value`, read from `range`.
  package init(_ value: Value, at range: SourceRange) { (self.value, self.range) = (value, range) }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Codable where Value: Codable {}
