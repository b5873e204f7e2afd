/// Rows of memory that will be read soon, and that a kernel asks for a little at a time while it computes with others, so that
/// waiting for memory and computing overlap.
///
/// The processor finds out by itself what is read in order, but not a block of a matrix whose rows are far apart.
@usableFromInline package struct Prefetching {
  /// The row at hand.
  @usableFromInline var row: UnsafeRawPointer?
  /// How far apart the rows are, in bytes.
  @usableFromInline let rowStride: Int
  /// How many bytes of each row are read.
  @usableFromInline let rowBytes: Int
  /// How many rows are left.
  @usableFromInline var rows: Int
  /// Where the next line stands, counted from the start of the row at hand; below 0 where that is within a line.
  @usableFromInline var position: Int
  /// How many lines of the cache are asked for in a turn.
  @usableFromInline let linesAtOnce: Int

  /// The size of a line on the processors that the kernels were written for. Where lines are longer, some are asked for twice.
  @inlinable static var lineBytes: Int { 64 }

  /// How many steps of a sum a kernel computes between two turns.
  @inlinable package static var stepsBetweenTurns: Int { 8 }

  @inlinable package init() {
    row = nil
    (rowStride, rowBytes, rows, position, linesAtOnce) = (0, 0, 0, 0, 0)
  }

  /// - Parameters:
  ///   - start: The first row.
  ///   - rowBytes: How many bytes of each row are read, at least one.
  ///   - turns: How often `askForMore` is called, at least once.
  @inlinable package init(_ start: UnsafeRawPointer, rows: Int, rowBytes: Int, rowStride: Int, turns: Int) {
    row = start
    (self.rows, self.rowBytes, self.rowStride) = (rows, rowBytes, rowStride)
    position = Self.lineStart(of: start)
    // A row that does not begin where a line does may reach into one more.
    let lines = ((rowBytes + Self.lineBytes - 2) / Self.lineBytes + 1) * rows
    linesAtOnce = (lines + turns - 1) / turns
  }

  /// Where the line of `address` starts, counted from there.
  @inlinable @inline(__always)
  static func lineStart(of address: UnsafeRawPointer) -> Int { -(Int(bitPattern: address) & (lineBytes - 1)) }

  /// Asks for the next lines: one turn.
  @inlinable @inline(__always) mutating func askForMore<Vector: KernelVector>(_: Vector.Type) {
    for _ in 0..<linesAtOnce {
      guard rows > 0, let row else { return }
      Vector.prefetch(row + position)
      position += Self.lineBytes
      if position >= rowBytes {
        let next = row + rowStride
        self.row = next
        position = Self.lineStart(of: next)
        rows -= 1
      }
    }
  }
}
