import NbrunDiagnostics
import NbrunPlatform

/// A table of comma-separated values (RFC 4180) whose first row names its columns, read row by row: memory stays at a few hundred
/// kilobytes whatever the file's size.
///
///     try CSV(table).forEachRow { row in
///       if let mass = try row.number("mass") { masses.append(mass) }
///     }
///
/// Lines may end as on any system. Whatever is no such table is an error that names the file, the row and the column.
public struct CSV {
  private let file: File
  private let separator: UInt8

  /// The table in `file`, its fields separated by an ASCII character such as `;`.
  public init(_ file: File, separator: Unicode.Scalar = ",") {
    (self.file, self.separator) = (file, UInt8(ascii: separator))
  }

  /// A row of a table.
  public struct Row {
    fileprivate let table: String
    fileprivate let columns: [String: Int]
    /// Which row it is, counted from 1: the first names the columns.
    public fileprivate(set) var index = 0
    fileprivate var bytes: [UInt8] = []
    /// Where each field ends.
    fileprivate var ends: [Int] = []

    /// The text in a column, without its quotation marks.
    public func text(_ column: String) throws -> String {
      guard let index = columns[column] else {
        let names = columns.sorted { $0.value < $1.value }.map(\.key).joined(separator: ", ")
        throw StepFailure("\(table) has no column \"\(column)\"", hint: "it has \(names)")
      }
      return try text(at: index)
    }

    /// The number in a column; nil where it is missing: empty, `NA`, `N/A`, `NaN` or `null`.
    public func number(_ column: String) throws -> Double? {
      let text = try text(column)
      // Most are numbers as they stand. Swift reads hexadecimal ones besides, and takes no space around any.
      let isHexadecimal = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") }
      if !isHexadecimal, let value = Double(text) ?? Double(text.trimmed) { return value.isNaN ? nil : value }
      guard ["", "na", "n/a", "null"].contains(text.trimmed.lowercased()) else {
        throw problem("\"\(text.prefix(40))\" is no number", in: column)
      }
      return nil
    }

    fileprivate func text(at index: Int) throws -> String {
      let field = bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
      guard let text = String(validating: field, as: UTF8.self) else { throw problem("it is no UTF-8") }
      return text
    }

    fileprivate func problem(_ message: String, in column: String? = nil) -> StepFailure {
      StepFailure("\(table), row \(index)\(column.map { ", column \"\($0)\"" } ?? ""): \(message)")
    }
  }

  /// Calls `body` with each row below the one that names the columns. Empty lines are none.
  public func forEachRow(_ body: (Row) throws -> Void) throws {
    var columns: [String: Int] = [:]
    var row = Row(table: file.name, columns: [:])
    try forEachLine(of: &row) { row in
      if row.index == 1 {
        for index in row.ends.indices {
          let name = try row.text(at: index).trimmed
          if columns.updateValue(index, forKey: name) != nil { throw row.problem("two columns are called \"\(name)\"") }
        }
        row = Row(table: file.name, columns: columns)
        row.index = 1
      } else if row.ends.count != columns.count {
        let (fields, names) = (counted(row.ends.count, "field"), counted(columns.count, "column"))
        throw row.problem("it has \(fields) in place of \(names)")
      } else {
        try body(row)
      }
    }
    if columns.isEmpty { throw StepFailure("\(file.name) is empty: a table's first row names its columns") }
  }

  /// Where the reader stands: before a field, in one, in a quoted one, behind what may be its last quotation mark.
  private enum State {
    case start, plain, quoted, closed
  }

  /// A row has no more bytes and fields than this: one that does has a quotation mark that is not closed, or is of another format.
  private static let longestRow = 16 << 20

  private func forEachLine(of row: inout Row, _ body: (inout Row) throws -> Void) throws {
    guard let stream = fopen(file.path, "r") else { throw StepFailure("cannot read \(file.name): \(systemReason())") }
    defer { fclose(stream) }
    let (quote, newline, feed) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var state = State.start
    var followsReturn = false
    func finish() throws {
      let isEmpty = row.ends.isEmpty && row.bytes.isEmpty && state == .start
      if !isEmpty {
        row.ends.append(row.bytes.count)
        row.index += 1
        try body(&row)
      }
      row.bytes.removeAll(keepingCapacity: true)
      row.ends.removeAll(keepingCapacity: true)
      state = .start
    }
    func refused(_ message: String) -> StepFailure {
      row.index += 1
      return row.problem(message)
    }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var isFirst = true
    while true {
      let count = fread(&piece, 1, piece.count, stream)
      guard count > 0 else { break }
      // A byte-order mark is no part of the first column's name.
      let start = isFirst && piece.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      isFirst = false
      for byte in piece[start..<count] {
        defer { followsReturn = byte == feed }
        switch (byte, state) {
        case (quote, .quoted): state = .closed
        case (quote, .closed):
          row.bytes.append(quote)
          state = .quoted
        case (_, .quoted): row.bytes.append(byte)
        case (newline, _) where followsReturn && state == .start && row.ends.isEmpty: break
        case (newline, _), (feed, _): try finish()
        case (separator, _):
          row.ends.append(row.bytes.count)
          state = .start
        case (quote, .start): state = .quoted
        case (_, .closed):
          throw refused("a field in quotation marks ends with the second; \" in it is written \"\"")
        default:
          row.bytes.append(byte)
          state = .plain
        }
      }
      guard row.bytes.count + row.ends.count <= Self.longestRow else {
        throw refused("it is longer than 16 MB; a quotation mark in it may not be closed")
      }
    }
    if ferror(stream) != 0 { throw StepFailure("cannot read \(file.name): \(systemReason())") }
    if state == .quoted { throw refused("a quotation mark is not closed") }
    try finish()
  }
}
