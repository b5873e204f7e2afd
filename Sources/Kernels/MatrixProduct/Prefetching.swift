/// Rows of memory that will be read soon, and that a kernel asks for a little at a time while it computes with others, so that
/// waiting for memory and computing overlap.
///
/// The processor finds out by itself what is read in order, but not a block of a matrix whose rows are far apart.
public struct Prefetching {
  /// The row at hand.
  @usableFromInline var row: UnsafeRawPointer?
  /// How far apart the rows are, in bytes.
  @usableFromInline let rowStride: Int
  /// How many bytes of each row are read.
  @usableFromInline let rowBytes: Int
  /// How many rows are left.
  @usableFromInline var rows: Int
  /// How many bytes of the row at hand have been asked for.
  @usableFromInline var position = 0
  /// How many lines of the cache are asked for at a time.
  @usableFromInline let linesAtOnce: Int

  /// The size of a line on all processors that the kernels were written for; elsewhere some lines are asked for twice, or not.
  @inlinable
  static var lineBytes: Int { 64 }

  /// Nothing.
  @inlinable
  public init() {
    self.init(UnsafeRawPointer?.none, rows: 0, rowBytes: 0, rowStride: 0, turns: 1)
  }

  /// - Parameters:
  ///   - start: The first row.
  ///   - turns: How often `askForMore` is called.
  @inlinable
  public init(_ start: UnsafeRawPointer?, rows: Int, rowBytes: Int, rowStride: Int, turns: Int) {
    row = start
    self.rows = rows
    self.rowBytes = rowBytes
    self.rowStride = rowStride
    let lines = (rowBytes + Self.lineBytes - 1) / Self.lineBytes * rows
    linesAtOnce = (lines + turns - 1) / turns
  }

  /// Asks for the next lines.
  @inlinable @inline(__always)
  mutating func askForMore<Vector: KernelVector>(_: Vector.Type) {
    for _ in 0..<linesAtOnce {
      guard rows > 0, let row else { return }
      Vector.prefetch(row + position)
      position += Self.lineBytes
      if position >= rowBytes {
        position = 0
        rows -= 1
        self.row = row + rowStride
      }
    }
  }
}
