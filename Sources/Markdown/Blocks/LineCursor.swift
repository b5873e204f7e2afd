/// A position in one line of the source that counts columns as CommonMark does: a tab reaches to the next multiple of four.
struct LineCursor {
  let source: [UInt8]
  /// The line, without its line ending.
  private(set) var start = 0
  private(set) var end = 0
  /// The next byte, and its column from 0.
  private(set) var offset = 0
  private(set) var column = 0
  /// Whether part of the tab at `offset` is consumed already.
  private(set) var isInsideTab = false
  /// The first byte from `offset` on that is neither space nor tab, and its column.
  private(set) var nonspace = 0
  private(set) var nonspaceColumn = 0

  init(_ source: [UInt8]) { self.source = source }

  mutating func begin(_ line: Range<Int>) {
    start = line.lowerBound
    end = line.upperBound
    offset = start
    column = 0
    isInsideTab = false
    findNonspace()
  }

  /// Columns of white space from here to the first other byte.
  var indent: Int { nonspaceColumn - column }
  /// Whether only white space is left.
  var isBlank: Bool { nonspace == end }
  /// The first byte that is not white space; nil on a blank line.
  var nonspaceByte: UInt8? { nonspace < end ? source[nonspace] : nil }
  /// The byte at `index` of the line; nil at its end.
  func byte(at index: Int) -> UInt8? { index < end ? source[index] : nil }
  /// Where the row of `byte` ends that starts at `index`.
  func end(of byte: UInt8, from index: Int) -> Int { source.end(of: { $0 == byte }, from: index, to: end) }
  /// Where the spaces and tabs end that start at `index`.
  func endOfSpace(from index: Int) -> Int { source.end(of: \.isSpaceOrTab, from: index, to: end) }

  /// Goes on by that many columns, through part of a tab where need be.
  mutating func advance(columns count: Int) {
    var remaining = count
    while remaining > 0, offset < end {
      if source[offset] == ASCII.tab {
        let width = 4 - column % 4
        isInsideTab = width > remaining
        column += min(width, remaining)
        if !isInsideTab { offset += 1 }
        remaining -= width
      } else {
        isInsideTab = false
        offset += 1
        column += 1
        remaining -= 1
      }
    }
    if offset > nonspace { findNonspace() }
  }

  /// Goes on by that many bytes, none of which is a tab.
  mutating func advance(bytes count: Int) {
    isInsideTab = false
    offset += count
    column += count
    if offset > nonspace { findNonspace() }
  }

  /// Goes on to the first byte that is not white space.
  mutating func skipWhitespace() {
    isInsideTab = false
    offset = nonspace
    column = nonspaceColumn
  }

  /// Consumes one space, or one column of a tab, if there is one.
  mutating func skipOptionalSpace() {
    if byte(at: offset)?.isSpaceOrTab == true { advance(columns: 1) }
  }

  /// What is left of the line: columns left of a tab that was consumed in part, and the bytes after it.
  var rest: (padding: Int, bytes: Range<Int>) {
    isInsideTab ? (4 - column % 4, min(offset + 1, end)..<end) : (0, offset..<end)
  }

  private mutating func findNonspace() {
    nonspace = endOfSpace(from: offset)
    nonspaceColumn = source[offset..<nonspace].reduce(column) { $0 + ($1 == ASCII.tab ? 4 - $0 % 4 : 1) }
  }
}
