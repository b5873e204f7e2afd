/// Copies a block of a matrix into the order in which `PanelProduct` reads its left side: slivers of up to six rows.
public struct LeftPacking<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The first element of the block.
  public var source: UnsafePointer<Scalar>
  /// How far apart neighbours in a column are.
  public var rowStride: Int
  /// How far apart neighbours in a row are. One of the two strides is 1.
  public var depthStride: Int
  /// Which slivers of the partition are packed.
  public var slivers: Range<Int>
  /// How the rows are cut.
  public var partition: SliverPartition
  /// The length of the sums.
  public var depth: Int
  /// Where sliver 0 would start: `partition.rows` × `depth` numbers.
  public var packed: UnsafeMutablePointer<Scalar>

  /// A block to pack.
  @inlinable
  public init(
    source: UnsafePointer<Scalar>, rowStride: Int, depthStride: Int, slivers: Range<Int>, partition: SliverPartition,
    depth: Int, packed: UnsafeMutablePointer<Scalar>
  ) {
    self.source = source
    self.rowStride = rowStride
    self.depthStride = depthStride
    self.slivers = slivers
    self.partition = partition
    self.depth = depth
    self.packed = packed
  }

  /// Packs the block with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    for sliver in slivers {
      let start = partition.start(of: sliver)
      let height = partition.start(of: sliver + 1) - start
      let rows = source + start * rowStride
      let target = packed + start * depth
      if height == 6 {
        for step in 0..<depth {
          let place = rows + step * depthStride
          let out = target + step * 6
          out[0] = place[0]
          out[1] = place[rowStride]
          out[2] = place[2 * rowStride]
          out[3] = place[3 * rowStride]
          out[4] = place[4 * rowStride]
          out[5] = place[5 * rowStride]
        }
      } else {
        for step in 0..<depth {
          for row in 0..<height {
            target[step * height + row] = rows[row * rowStride + step * depthStride]
          }
        }
      }
    }
  }
}

/// Copies a block of a matrix into the order in which `PanelProduct` reads its right side: panels of two vectors' width,
/// the last one padded with zeros.
public struct RightPacking<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The first element of the block.
  public var source: UnsafePointer<Scalar>
  /// How far apart neighbours in a column are.
  public var depthStride: Int
  /// How far apart neighbours in a row are. One of the two strides is 1.
  public var columnStride: Int
  /// The length of the sums.
  public var depth: Int
  /// The number of columns.
  public var columns: Int
  /// Room for `depth` × `columns` numbers, `columns` rounded up to whole panels.
  public var packed: UnsafeMutablePointer<Scalar>

  /// A block to pack.
  @inlinable
  public init(
    source: UnsafePointer<Scalar>, depthStride: Int, columnStride: Int, depth: Int, columns: Int,
    packed: UnsafeMutablePointer<Scalar>
  ) {
    self.source = source
    self.depthStride = depthStride
    self.columnStride = columnStride
    self.depth = depth
    self.columns = columns
    self.packed = packed
  }

  /// Packs the block with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let width = 2 * Vector.width
    let whole = columns / width * width
    if columnStride == 1 {
      packRows(Vector.self, width: width, whole: whole)
    } else {
      packColumns(width: width, whole: whole)
    }
    if whole < columns {
      let target = packed + whole * depth
      for step in 0..<depth {
        for column in 0..<width {
          target[step * width + column] =
            whole + column < columns ? source[step * depthStride + (whole + column) * columnStride] : 0
        }
      }
    }
  }

  /// Rows of the source are contiguous: each is read from left to right once.
  @inlinable @inline(__always)
  func packRows<Vector: KernelVector>(_: Vector.Type, width: Int, whole: Int) where Vector.Scalar == Scalar {
    for step in 0..<depth {
      let row = source + step * depthStride
      var column = 0
      while column < whole {
        let target = packed + (column * depth + step * width)
        Vector(loading: row + column).store(to: target)
        Vector(loading: row + column + Vector.width).store(to: target + Vector.width)
        column += width
      }
    }
  }

  /// Columns of the source are contiguous: four steps of each column at a time.
  @inlinable @inline(__always)
  func packColumns(width: Int, whole: Int) {
    var panel = 0
    while panel < whole {
      let target = packed + panel * depth
      for column in 0..<width {
        let line = source + (panel + column) * columnStride
        let out = target + column
        var step = 0
        while step + 4 <= depth {
          out[step * width] = line[step * depthStride]
          out[(step + 1) * width] = line[(step + 1) * depthStride]
          out[(step + 2) * width] = line[(step + 2) * depthStride]
          out[(step + 3) * width] = line[(step + 3) * depthStride]
          step += 4
        }
        while step < depth {
          out[step * width] = line[step * depthStride]
          step += 1
        }
      }
      panel += width
    }
  }
}
