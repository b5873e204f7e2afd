/// Where the largest outputs of a pooling's windows stand in an image whose channels are put together: the corner of what the
/// filters covered for them.
@usableFromInline package struct ArgmaxOffsets {
  /// Rows and columns of pooling windows.
  @usableFromInline package let rows: Int, columns: Int
  /// How far apart the corners of neighbouring pooling windows are, from row to row and from column to column.
  @usableFromInline package let rowStep: Int, columnStep: Int
  /// For each value of an argmax, how far behind the window's corner it is; 0 where a window has no such number.
  @usableFromInline let offsets: UnsafePointer<Int>

  @inlinable package init(rows: Int, columns: Int, rowStep: Int, columnStep: Int, offsets: UnsafePointer<Int>) {
    (self.rows, self.columns) = (rows, columns)
    (self.rowStep, self.columnStep, self.offsets) = (rowStep, columnStep, offsets)
  }

  /// How many pooling windows there are.
  @inlinable @inline(__always) package var count: Int { rows * columns }
}

/// Adds one image's part of the gradient with respect to the filters, where all outputs but the largest of each pooling window
/// have none: for each filter, the sum over all pooling windows of the window's gradient times what the filter covered for
/// that output.
///
/// With windows of 2×2 that is a quarter of the products that a sum over all outputs takes.
@usableFromInline package struct ArgmaxGradient<Scalar: KernelScalar>: Kernel {
  /// The image, its channels put together.
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Length of the image's rows.
  @usableFromInline let rowLength: Int
  /// Where the largest outputs stand.
  @usableFromInline let windows: ArgmaxOffsets
  /// The gradients of the pooled outputs, filter by filter.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// For each gradient, the offset of the largest output in its window, counted row by row.
  @usableFromInline let argmax: UnsafePointer<UInt8>
  @usableFromInline let filterCount: Int
  /// Rows of a filter.
  @usableFromInline let filterHeight: Int
  /// Vectors that a row of a filter takes, columns × channels; the last one may have lanes that mean nothing.
  @usableFromInline let rowVectors: Int
  /// Room for as many numbers as there are pooling windows.
  @usableFromInline let factors: UnsafeMutablePointer<Scalar>
  /// The sums: filters × rows × vectors × lanes.
  @usableFromInline let sums: UnsafeMutablePointer<Scalar>
  /// The sums of the gradients alone, which are those of the bias.
  @usableFromInline let biasSums: UnsafeMutablePointer<Scalar>
  /// Whether the products are added to what the sums hold; else the sums begin here.
  @usableFromInline let isAccumulating: Bool

  @inlinable
  package init(
    image: UnsafePointer<Scalar>, rowLength: Int, windows: ArgmaxOffsets, gradient: UnsafePointer<Scalar>,
    argmax: UnsafePointer<UInt8>, filterCount: Int, filterHeight: Int, rowVectors: Int,
    factors: UnsafeMutablePointer<Scalar>, sums: UnsafeMutablePointer<Scalar>, biasSums: UnsafeMutablePointer<Scalar>,
    isAccumulating: Bool
  ) {
    (self.image, self.rowLength, self.windows) = (image, rowLength, windows)
    (self.gradient, self.argmax, self.filterCount) = (gradient, argmax, filterCount)
    (self.filterHeight, self.rowVectors, self.factors) = (filterHeight, rowVectors, factors)
    (self.sums, self.biasSums, self.isAccumulating) = (sums, biasSums, isAccumulating)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let rows = MicroPanelPartition(rows: filterHeight, height: 4)
    let vectors = MicroPanelPartition(rows: rowVectors, height: 3)
    for filter in 0..<filterCount {
      let bias = takeFactors(Vector.self, filter)
      biasSums[filter] = isAccumulating ? biasSums[filter] + bias : bias
      for rowGroup in 0..<rows.count {
        let row = rows.start(of: rowGroup)
        let height = rows.start(of: rowGroup + 1) - row
        for vectorGroup in 0..<vectors.count {
          let vector = vectors.start(of: vectorGroup)
          switch vectors.start(of: vectorGroup + 1) - vector {
          case 1: add(SumVector<Vector>.self, height: height, filter, row, vector)
          case 2: add(TwoVectors<Vector>.self, height: height, filter, row, vector)
          default: add(ThreeVectors<Vector>.self, height: height, filter, row, vector)
          }
        }
      }
    }
  }

  /// Copies the gradients of a filter's windows, with zero where a window has no argmax, and returns their sum.
  @inlinable @inline(__always) func takeFactors<Vector: KernelVector<Scalar>>(_: Vector.Type, _ filter: Int) -> Scalar {
    let gradient = gradient + filter * windows.count
    let argmax = argmax + filter * windows.count
    var sum = Vector(repeating: 0)
    var index = 0
    while index + Vector.width <= windows.count {
      let all = Vector(loading: gradient + index)
      let lost = all.keeping(Vector.loadOffsets(argmax + index), equalTo: PoolingGeometry.noArgmax)
      let kept = all - lost
      kept.store(to: factors + index)
      sum = sum + kept
      index += Vector.width
    }
    var total = sum.sum()
    for index in index..<windows.count {
      factors[index] = argmax[index] == PoolingGeometry.noArgmax ? 0 : gradient[index]
      total += factors[index]
    }
    return total
  }

  /// Adds to some rows of one filter, which are as wide as `Row`.
  @inlinable @inline(__always)
  func add<Row: SumTile>(_: Row.Type, height: Int, _ filter: Int, _ row: Int, _ vector: Int)
  where Row.Vector.Scalar == Scalar {
    switch height {
    case 1: add(Row.self, filter, row, vector)
    case 2: add(TwoRows<Row>.self, filter, row, vector)
    case 3: add(ThreeRows<Row>.self, filter, row, vector)
    default: add(FourRows<Row>.self, filter, row, vector)
    }
  }

  @inlinable @inline(__always) func add<Tile: SumTile>(_: Tile.Type, _ filter: Int, _ row: Int, _ vector: Int)
  where Tile.Vector.Scalar == Scalar {
    let width = Tile.Vector.width
    let stride = rowVectors * width
    let place = sums + ((filter * filterHeight + row) * stride + vector * width)
    var tile = isAccumulating ? Tile(loading: place, stride: stride) : Tile()
    var corners = image + (row * rowLength + vector * width)
    var largest = argmax + filter * windows.count
    var factor = UnsafePointer(factors)
    for _ in 0..<windows.rows {
      var corner = corners
      for _ in 0..<windows.columns {
        let patch = corner + windows.offsets[Int(largest.pointee)]
        tile.addPatch(patch, stride: rowLength, times: Tile.Vector(repeating: factor.pointee))
        corner += windows.columnStep
        largest += 1
        factor += 1
      }
      corners += windows.rowStep
    }
    tile.store(to: place, stride: stride)
  }
}
