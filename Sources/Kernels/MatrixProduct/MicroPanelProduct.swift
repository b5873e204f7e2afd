/// The products of packed micro-panels of a left matrix with panels of a right one, a tile of the result at a time.
///
/// A micro-panel is depth-major: the factors of all its rows for the first step, then those for the second. It is read from
/// beginning to end, as a panel is, and the tile of sums stays in registers.
@usableFromInline package struct MicroPanelProduct<Scalar: KernelScalar> {
  /// The packed left matrix: rows × depth, from its first micro-panel on (`LeftPacking`).
  @usableFromInline let left: UnsafePointer<Scalar>
  /// The block of the result: rows × columns.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  /// How far apart the rows of the result are.
  @usableFromInline let resultStride: Int
  /// How the rows are cut.
  @usableFromInline let partition: MicroPanelPartition
  /// The length of the sums.
  @usableFromInline let depth: Int
  /// Whether the product is added to what the result holds.
  @usableFromInline let isAccumulating: Bool
  /// Room for a tile: six rows of two vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    left: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, resultStride: Int,
    partition: MicroPanelPartition, depth: Int, isAccumulating: Bool, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.left, self.result, self.resultStride) = (left, result, resultStride)
    (self.partition, self.depth, self.isAccumulating, self.scratch) = (partition, depth, isAccumulating, scratch)
  }

  /// The products of some micro-panels with `panel`, whose first column is `column` of the result and whose last ones count for
  /// nothing where `width` is less than it has.
  @inlinable @inline(__always)
  func run<Panel: PanelReader>(
    _ microPanels: Range<Int>, _ panel: Panel, column: Int, width: Int, asking next: inout Prefetching
  ) where Panel.Vector.Scalar == Scalar {
    var start = partition.start(of: microPanels.lowerBound)
    for microPanel in microPanels {
      let end = partition.start(of: microPanel + 1)
      let factors = left + start * depth
      let target = result + (start * resultStride + column)
      switch end - start {
      case 1: tile(TwoVectors<Panel.Vector>.self, factors, panel, target, width, &next)
      case 2: tile(TwoRows<TwoVectors<Panel.Vector>>.self, factors, panel, target, width, &next)
      case 3: tile(ThreeRows<TwoVectors<Panel.Vector>>.self, factors, panel, target, width, &next)
      case 4: tile(FourRows<TwoVectors<Panel.Vector>>.self, factors, panel, target, width, &next)
      case 5: tile(FiveRows<TwoVectors<Panel.Vector>>.self, factors, panel, target, width, &next)
      default: tile(SixRows<TwoVectors<Panel.Vector>>.self, factors, panel, target, width, &next)
      }
      start = end
    }
  }

  /// One tile, in place when it is whole, by way of `scratch` at the right edge.
  ///
  /// The sums start from zero and meet the result at the end: so waiting for it overlaps with the next tile. Every eight
  /// steps a few lines of what comes next are asked for, rather than many at once, which this tile's own would wait behind.
  @inlinable @inline(__always)
  func tile<Tile: SumTile, Panel: PanelReader>(
    _: Tile.Type, _ factors: UnsafePointer<Scalar>, _ panel: Panel, _ target: UnsafeMutablePointer<Scalar>,
    _ width: Int, _ next: inout Prefetching
  ) where Tile.Vector == Panel.Vector, Tile.Row == TwoVectors<Panel.Vector>.Row, Panel.Vector.Scalar == Scalar {
    let wholeWidth = 2 * Tile.Vector.width
    var factors = factors
    var panel = panel
    var tile = Tile()
    var step = 0
    while step + Prefetching.stepsBetweenTurns <= depth {
      next.askForMore(Tile.Vector.self)
      for _ in 0..<Prefetching.stepsBetweenTurns {
        tile.addOuterProduct(factors, panel.next())
        factors += Tile.height
      }
      step += Prefetching.stepsBetweenTurns
    }
    for _ in step..<depth {
      tile.addOuterProduct(factors, panel.next())
      factors += Tile.height
    }
    guard width < wholeWidth else {
      if isAccumulating { tile.add(target, stride: resultStride) }
      return tile.store(to: target, stride: resultStride)
    }
    if isAccumulating {
      copy(target, resultStride, to: scratch, wholeWidth, rows: Tile.height, width)
      tile.add(scratch, stride: wholeWidth)
    }
    tile.store(to: scratch, stride: wholeWidth)
    copy(scratch, wholeWidth, to: target, resultStride, rows: Tile.height, width)
  }

  @inlinable @inline(__always)
  func copy(
    _ source: UnsafePointer<Scalar>, _ sourceStride: Int, to target: UnsafeMutablePointer<Scalar>, _ targetStride: Int,
    rows: Int, _ columns: Int
  ) {
    for row in 0..<rows {
      for column in 0..<columns { target[row * targetStride + column] = source[row * sourceStride + column] }
    }
  }
}
