/// Adds one image's part of the gradient with respect to the filters: for each filter and each of its factors, the sum over
/// all outputs of the output's gradient times the number that the factor met.
///
/// The sums are kept one in each lane; `LaneSums` adds the lanes up at the end.
@usableFromInline package struct FilterGradient<Scalar: KernelScalar>: Kernel {
  /// The image in polyphase planes.
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Where the windows' numbers stand; the number of taps is rounded up to a multiple of three.
  @usableFromInline let windows: WindowOffsets
  /// The gradients of the outputs, filter by filter, block by block; zero beyond the end of a row.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// How far apart the gradients of neighbouring filters are.
  @usableFromInline let gradientStride: Int
  @usableFromInline let filterCount: Int
  /// The sums: filters × taps × lanes.
  @usableFromInline let sums: UnsafeMutablePointer<Scalar>
  /// The sums of the gradients alone, which are those of the bias, filters × lanes; nothing where nobody asks for them.
  @usableFromInline let biasSums: UnsafeMutablePointer<Scalar>?
  /// Whether the products are added to what the sums hold; else the sums begin here.
  @usableFromInline let isAccumulating: Bool

  @inlinable
  package init(
    image: UnsafePointer<Scalar>, windows: WindowOffsets, gradient: UnsafePointer<Scalar>, gradientStride: Int,
    filterCount: Int, sums: UnsafeMutablePointer<Scalar>, biasSums: UnsafeMutablePointer<Scalar>?, isAccumulating: Bool
  ) {
    (self.image, self.windows, self.gradient, self.gradientStride) = (image, windows, gradient, gradientStride)
    (self.filterCount, self.sums, self.biasSums, self.isAccumulating) = (filterCount, sums, biasSums, isAccumulating)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let partition = MicroPanelPartition(rows: filterCount, height: Vector.filterRowsAtOnce)
    for group in 0..<partition.count {
      let first = partition.start(of: group)
      switch partition.start(of: group + 1) - first {
      case 1: rows(ThreeVectors<Vector>.self, SumVector<Vector>.self, first)
      case 2: rows(TwoRows<ThreeVectors<Vector>>.self, TwoRows<SumVector<Vector>>.self, first)
      case 3: rows(ThreeRows<ThreeVectors<Vector>>.self, ThreeRows<SumVector<Vector>>.self, first)
      default:
        // Known when this is compiled: without four rows at a time there is no code for them.
        guard Vector.filterRowsAtOnce > 3 else { continue }
        rows(FourRows<ThreeVectors<Vector>>.self, FourRows<SumVector<Vector>>.self, first)
      }
    }
  }

  @inlinable @inline(__always) func rows<Tile: SumTile, BiasTile: SumTile>(
    _: Tile.Type, _: BiasTile.Type, _ filter: Int
  ) where Tile.Vector.Scalar == Scalar, Tile.Row == ThreeVectors<Tile.Vector>.Row, BiasTile.Vector == Tile.Vector {
    let width = Tile.Vector.width
    let stride = windows.tapCount * width
    if let biasSums { addGradients(BiasTile.self, filter, to: biasSums + filter * width) }
    var tap = 0
    while tap < windows.tapCount {
      let place = sums + (filter * stride + tap * width)
      let first = image + windows.taps[tap]
      let second = image + windows.taps[tap + 1]
      let third = image + windows.taps[tap + 2]
      // For the other blocks the three meet nothing but rows of padding.
      let start = windows.blockReach[tap / WindowOffsets.tapsAtOnce * 2]
      let end = windows.blockReach[tap / WindowOffsets.tapsAtOnce * 2 + 1]
      var gradient = gradient + (filter * gradientStride + start * width)
      var tile = isAccumulating ? Tile(loading: place, stride: stride) : Tile()
      for block in start..<end {
        let offset = windows.blocks[block]
        let pair = (Tile.Vector(loading: first + offset), Tile.Vector(loading: second + offset))
        tile.addDotProducts(gradient, stride: gradientStride, (pair, Tile.Vector(loading: third + offset)))
        gradient += width
      }
      tile.store(to: place, stride: stride)
      tap += WindowOffsets.tapsAtOnce
    }
  }

  /// Adds the gradients of some filters to their sums.
  @inlinable @inline(__always)
  func addGradients<Tile: SumTile>(_: Tile.Type, _ filter: Int, to sums: UnsafeMutablePointer<Scalar>)
  where Tile.Vector.Scalar == Scalar {
    let width = Tile.Vector.width
    var tile = isAccumulating ? Tile(loading: sums, stride: width) : Tile()
    for block in 0..<windows.blockCount {
      tile.add(gradient + (filter * gradientStride + block * width), stride: gradientStride)
    }
    tile.store(to: sums, stride: width)
  }
}

/// Adds up the lanes of partial sums, and the partial sums of several pieces of work, in a fixed order.
@usableFromInline package struct LaneSums<Scalar: KernelScalar>: Kernel {
  /// The partial sums of the first piece: rows × `rowLength` × lanes.
  @usableFromInline let partial: UnsafePointer<Scalar>
  @usableFromInline let pieces: Int
  /// How far apart the sums of neighbouring pieces are.
  @usableFromInline let pieceStride: Int
  @usableFromInline let rows: Int
  /// How many sums a row of `partial` has.
  @usableFromInline let rowLength: Int
  /// How many of them are wanted.
  @usableFromInline let count: Int
  /// The sums: rows × `count`.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    partial: UnsafePointer<Scalar>, pieces: Int, pieceStride: Int, rows: Int, rowLength: Int, count: Int,
    result: UnsafeMutablePointer<Scalar>
  ) {
    (self.partial, self.pieces, self.pieceStride) = (partial, pieces, pieceStride)
    (self.rows, self.rowLength, self.count, self.result) = (rows, rowLength, count, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    for row in 0..<rows {
      for index in 0..<count {
        let place = partial + (row * rowLength + index) * Vector.width
        var total = Vector(loading: place)
        for piece in 1..<max(pieces, 1) { total = total + Vector(loading: place + piece * pieceStride) }
        result[row * count + index] = total.sum()
      }
    }
  }
}
