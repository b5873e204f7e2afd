import NbrunDiagnostics

/// A document's source: valid UTF-8 without NUL, and the table of its lines.
///
/// Lines end at a line feed, a carriage return, or both together. Byte offsets count from the start of `bytes`; lines and columns
/// are 1-based and columns count characters.
package struct SourceText: Sendable {
  /// The source as UTF-8. What was not UTF-8, and NUL, is U+FFFD here, as CommonMark asks.
  package let bytes: [UInt8]
  package let firstLine: Int
  let lineStarts: [Int32]
  /// Places inside long lines whose column is known, so that finding a column never walks far.
  private let checkpoints: [Checkpoint]

  /// A byte offset and the number of characters of its line before it.
  private struct Checkpoint {
    var offset: Int
    var column: Int
  }

  /// The longest source that is read, in bytes; see `MarkdownDocument.diagnostics`.
  package static let maximumSize = 1 << 29

  init(_ source: [UInt8], firstLine: Int) {
    bytes = SourceText.repaired(source)
    self.firstLine = firstLine
    lineStarts = SourceText.lineStarts(of: bytes)
    checkpoints = SourceText.checkpoints(of: bytes, lineStarts: lineStarts)
  }

  // MARK: Lines and columns

  /// The line that the byte at `offset` belongs to, from 0.
  func lineIndex(ofByte offset: Int) -> Int {
    max(0, lineStarts.indices.partition { Int(lineStarts[$0]) > offset } - 1)
  }

  /// The line and column of the byte at `offset`; offsets outside the source are moved to its nearest end.
  package func location(ofByte offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(ofByte: offset)
    var start = line < lineStarts.count ? Int(lineStarts[line]) : 0
    var column = 1
    if let checkpoint = lastCheckpoint(upTo: offset), checkpoint.offset > start {
      start = checkpoint.offset
      column = checkpoint.column + 1
    }
    return SourceLocation(line: firstLine + line, column: column + Self.characterCount(bytes[start..<offset]))
  }

  package func range(ofBytes range: Range<Int>) -> SourceRange {
    SourceRange(location(ofByte: range.lowerBound), location(ofByte: range.upperBound))
  }

  package func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// ASCII without line ends has a character a byte.
  private static func characterCount(_ slice: ArraySlice<UInt8>) -> Int {
    slice.allSatisfy { $0 < 0x80 } ? slice.count : String(decoding: slice, as: UTF8.self).count
  }

  private func lastCheckpoint(upTo offset: Int) -> Checkpoint? {
    let next = checkpoints.indices.partition { checkpoints[$0].offset > offset }
    return next > 0 ? checkpoints[next - 1] : nil
  }

  // MARK: Preparing

  private static func repaired(_ source: [UInt8]) -> [UInt8] {
    var source = source[...]
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { source = source.dropFirst(3) }
    // Decoding repairs what is not UTF-8; a valid source comes back byte for byte.
    var bytes = Array(String(decoding: source, as: UTF8.self).utf8)
    if bytes.contains(0) { bytes = bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] } }
    return bytes
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int32] {
    var starts: [Int32] = []
    starts.reserveCapacity(bytes.count / 40)
    var index = 0
    while index < bytes.count {
      starts.append(Int32(index))
      while index < bytes.count, bytes[index] != ASCII.lineFeed, bytes[index] != ASCII.carriageReturn { index += 1 }
      if index + 1 < bytes.count, bytes[index] == ASCII.carriageReturn, bytes[index + 1] == ASCII.lineFeed {
        index += 1
      }
      index += 1
    }
    return starts
  }

  /// A checkpoint about every thousand bytes of long lines, between two ASCII characters, where no character can straddle it.
  private static func checkpoints(of bytes: [UInt8], lineStarts: [Int32]) -> [Checkpoint] {
    let spacing = 1024
    var checkpoints: [Checkpoint] = []
    for (line, lineStart) in lineStarts.enumerated() {
      let end = line + 1 < lineStarts.count ? Int(lineStarts[line + 1]) : bytes.count
      guard end - Int(lineStart) > 2 * spacing else { continue }
      var start = Int(lineStart)
      var column = 0
      while start + spacing < end - 1 {
        var stop = start + spacing
        while stop < end - 1, bytes[stop - 1] >= 0x80 || bytes[stop] >= 0x80 { stop += 1 }
        column += characterCount(bytes[start..<stop])
        checkpoints.append(Checkpoint(offset: stop, column: column))
        start = stop
      }
    }
    return checkpoints
  }
}
