/// Where the winners of a pooling's windows stand in an image whose channels are put together: the corner of what the
/// filters covered for them.
@usableFromInline package struct WinnerPlaces {
  /// Rows and columns of pooling windows.
  @usableFromInline package let rows: Int, columns: Int
  /// How far apart the corners of neighbouring pooling windows are, from row to row and from column to column.
  @usableFromInline package let rowStep: Int, columnStep: Int
  /// For each of 256 places in a pooling window, how far behind the window's corner it is; 0 where there is no such place.
  @usableFromInline package let places: UnsafePointer<Int>

  @inlinable
  package init(rows: Int, columns: Int, rowStep: Int, columnStep: Int, places: UnsafePointer<Int>) {
    (self.rows, self.columns) = (rows, columns)
    (self.rowStep, self.columnStep, self.places) = (rowStep, columnStep, places)
  }

  /// How many pooling windows there are.
  @inlinable @inline(__always)
  package var count: Int { rows * columns }
}

/// Adds one image's part of the gradient with respect to the filters, where all outputs but the winners of a pooling have
/// none: for each filter, the sum over all pooling windows of the window's gradient times what the filter covered for the
/// winner.
///
/// With windows of 2×2 that is a quarter of the products that a sum over all outputs takes.
@usableFromInline package struct WinnerGradient<Scalar: KernelScalar>: Kernel {
  /// The image, its channels put together.
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Length of the image's rows.
  @usableFromInline let rowLength: Int
  /// Where the winners stand.
  @usableFromInline let windows: WinnerPlaces
  /// The gradients of the pooled outputs, filter by filter.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The winners' places, as many as gradients.
  @usableFromInline let argmax: UnsafePointer<UInt8>
  /// How many filters there are.
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
    image: UnsafePointer<Scalar>, rowLength: Int, windows: WinnerPlaces, gradient: UnsafePointer<Scalar>,
    argmax: UnsafePointer<UInt8>, filterCount: Int, filterHeight: Int, rowVectors: Int,
    factors: UnsafeMutablePointer<Scalar>, sums: UnsafeMutablePointer<Scalar>, biasSums: UnsafeMutablePointer<Scalar>,
    isAccumulating: Bool
  ) {
    (self.image, self.rowLength, self.windows) = (image, rowLength, windows)
    (self.gradient, self.argmax, self.filterCount) = (gradient, argmax, filterCount)
    (self.filterHeight, self.rowVectors, self.factors) = (filterHeight, rowVectors, factors)
    (self.sums, self.biasSums, self.isAccumulating) = (sums, biasSums, isAccumulating)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let rows = SliverPartition(rows: filterHeight, height: 4)
    let vectors = SliverPartition(rows: rowVectors, height: 3)
    for filter in 0..<filterCount {
      let bias = takeFactors(Vector.self, filter)
      biasSums[filter] = isAccumulating ? biasSums[filter] + bias : bias
      for rowGroup in 0..<rows.count {
        let row = rows.start(of: rowGroup)
        let height = rows.start(of: rowGroup + 1) - row
        for vectorGroup in 0..<vectors.count {
          let vector = vectors.start(of: vectorGroup)
          switch vectors.start(of: vectorGroup + 1) - vector {
          case 1: add(PatchVector<Vector>.self, height: height, filter, row, vector)
          case 2:
            add(PatchesBeside<PatchVector<Vector>, PatchVector<Vector>>.self, height: height, filter, row, vector)
          default:
            add(
              PatchesBeside<PatchesBeside<PatchVector<Vector>, PatchVector<Vector>>, PatchVector<Vector>>.self,
              height: height, filter, row, vector)
          }
        }
      }
    }
  }

  /// Copies the gradients of a filter's windows, with zero where a window has no winner, and returns their sum.
  @inlinable @inline(__always)
  func takeFactors<Vector: KernelVector>(_: Vector.Type, _ filter: Int) -> Scalar where Vector.Scalar == Scalar {
    let gradient = gradient + filter * windows.count
    let argmax = argmax + filter * windows.count
    var sum = Vector(repeating: 0)
    var index = 0
    while index + Vector.width <= windows.count {
      let all = Vector(loading: gradient + index)
      let lost = all.keeping(Vector.loadOffsets(argmax + index), equalTo: PoolingWindows.noWinner)
      let kept = all - lost
      kept.store(to: factors + index)
      sum = sum + kept
      index += Vector.width
    }
    var total = sum.sum()
    while index < windows.count {
      factors[index] = argmax[index] == PoolingWindows.noWinner ? 0 : gradient[index]
      total += factors[index]
      index += 1
    }
    return total
  }

  /// Adds to some rows of one filter, which are as wide as `Row`.
  @inlinable @inline(__always)
  func add<Row: PatchTile>(_: Row.Type, height: Int, _ filter: Int, _ row: Int, _ vector: Int)
  where Row.Vector.Scalar == Scalar {
    switch height {
    case 1: add(Row.self, filter, row, vector)
    case 2: add(TwoPatchRows<Row>.self, filter, row, vector)
    case 3: add(ThreePatchRows<Row>.self, filter, row, vector)
    default: add(FourPatchRows<Row>.self, filter, row, vector)
    }
  }

  @inlinable @inline(__always)
  func add<Tile: PatchTile>(_: Tile.Type, _ filter: Int, _ row: Int, _ vector: Int)
  where Tile.Vector.Scalar == Scalar {
    let width = Tile.Vector.width
    let stride = rowVectors * width
    let place = sums + ((filter * filterHeight + row) * stride + vector * width)
    var tile = isAccumulating ? Tile(loading: place, stride: stride) : Tile()
    var corners = image + (row * rowLength + vector * width)
    var winner = argmax + filter * windows.count
    var factor = UnsafePointer(factors)
    for _ in 0..<windows.rows {
      var corner = corners
      for _ in 0..<windows.columns {
        let patch = corner + windows.places[Int(winner.pointee)]
        tile.addProduct(Tile.Vector(repeating: factor.pointee), patch, stride: rowLength)
        corner += windows.columnStep
        winner += 1
        factor += 1
      }
      corners += windows.rowStep
    }
    tile.store(to: place, stride: stride)
  }
}
