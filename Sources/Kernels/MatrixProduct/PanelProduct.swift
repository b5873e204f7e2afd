/// The product of two packed matrices, added to or written over a block of a third.
///
/// The left matrix is packed in slivers of up to six rows (`SliverPartition`), each of them depth-major: the factors of all
/// its rows for the first step, then those for the second. The right matrix is packed in panels of two vectors' width,
/// depth-major too, the last one padded. Both are read from beginning to end, and the tile of sums stays in registers
/// (the scheme of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008).
public struct PanelProduct<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The packed left matrix: rows × depth, from its first sliver on.
  public var left: UnsafePointer<Scalar>
  /// The packed right matrix: depth × columns.
  public var right: UnsafePointer<Scalar>
  /// The block of the result: rows × columns.
  public var result: UnsafeMutablePointer<Scalar>
  /// How far apart the rows of the result are.
  public var resultStride: Int
  /// How the rows are cut.
  public var partition: SliverPartition
  /// Which slivers are multiplied.
  public var slivers: Range<Int>
  /// The number of columns.
  public var columns: Int
  /// The length of the sums.
  public var depth: Int
  /// Whether the product is added to what the result holds.
  public var isAccumulating: Bool
  /// Room for a tile: six rows of two vectors.
  public var scratch: UnsafeMutablePointer<Scalar>
  /// What is read after this product.
  public var next: Prefetching

  /// A product of packed matrices.
  @inlinable
  public init(
    left: UnsafePointer<Scalar>, right: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, resultStride: Int,
    partition: SliverPartition, slivers: Range<Int>, columns: Int, depth: Int, isAccumulating: Bool,
    scratch: UnsafeMutablePointer<Scalar>, next: Prefetching = Prefetching()
  ) {
    self.left = left
    self.right = right
    self.result = result
    self.resultStride = resultStride
    self.partition = partition
    self.slivers = slivers
    self.columns = columns
    self.depth = depth
    self.isAccumulating = isAccumulating
    self.scratch = scratch
    self.next = next
  }

  /// Computes the product with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    // A panel stays in the first-level cache while it meets the slivers of a block, which stay in the second-level one.
    var next = next
    var block = slivers.lowerBound
    while block < slivers.upperBound {
      let blockEnd = min(block + 86, slivers.upperBound)
      var column = 0
      while column < columns {
        var start = partition.start(of: block)
        for sliver in block..<blockEnd {
          let end = partition.start(of: sliver + 1)
          product(Vector.self, rows: start..<end, column, &next)
          start = end
        }
        column += 2 * Vector.width
      }
      block = blockEnd
    }
  }

  /// The product of one sliver with one panel.
  @inlinable @inline(__always)
  func product<Vector: KernelVector>(_: Vector.Type, rows: Range<Int>, _ column: Int, _ next: inout Prefetching)
  where Vector.Scalar == Scalar {
    let factors = left + rows.lowerBound * depth
    let panel = right + column * depth
    let target = result + (rows.lowerBound * resultStride + column)
    let width = min(columns - column, 2 * Vector.width)
    switch rows.count {
    case 1: tile(TileRow<Vector>.self, factors, panel, target, width, &next)
    case 2: tile(TwoRows<Vector>.self, factors, panel, target, width, &next)
    case 3: tile(ThreeRows<Vector>.self, factors, panel, target, width, &next)
    case 4: tile(FourRows<Vector>.self, factors, panel, target, width, &next)
    case 5: tile(FiveRows<Vector>.self, factors, panel, target, width, &next)
    default: tile(SixRows<Vector>.self, factors, panel, target, width, &next)
    }
  }

  /// One tile, in place when it is whole, by way of `scratch` at the right edge.
  ///
  /// The sums start from zero and meet the result at the end: so waiting for it overlaps with the next tile. Every eight
  /// steps a few lines of what comes next are asked for, rather than many at once, which this tile's own would wait behind.
  @inlinable @inline(__always)
  func tile<Tile: VectorTile>(
    _: Tile.Type, _ factors: UnsafePointer<Scalar>, _ panel: UnsafePointer<Scalar>,
    _ target: UnsafeMutablePointer<Scalar>, _ width: Int, _ next: inout Prefetching
  ) where Tile.Vector.Scalar == Scalar {
    let wholeWidth = 2 * Tile.Vector.width
    var factors = factors
    var panel = panel
    var tile = Tile()
    var step = 0
    while step + Prefetching.stepsBetweenTurns <= depth {
      next.askForMore(Tile.Vector.self)
      for _ in 0..<Prefetching.stepsBetweenTurns {
        tile.addProducts(factors, Tile.Vector(loading: panel), Tile.Vector(loading: panel + Tile.Vector.width))
        factors += Tile.height
        panel += wholeWidth
      }
      step += Prefetching.stepsBetweenTurns
    }
    for _ in step..<depth {
      tile.addProducts(factors, Tile.Vector(loading: panel), Tile.Vector(loading: panel + Tile.Vector.width))
      factors += Tile.height
      panel += wholeWidth
    }
    guard width < wholeWidth else {
      if isAccumulating { tile.add(target, stride: resultStride) }
      return tile.store(left: target, right: target + Tile.Vector.width, stride: resultStride)
    }
    if isAccumulating {
      copy(target, resultStride, to: scratch, wholeWidth, rows: Tile.height, width)
      tile.add(scratch, stride: wholeWidth)
    }
    tile.store(left: scratch, right: scratch + Tile.Vector.width, stride: wholeWidth)
    copy(scratch, wholeWidth, to: target, resultStride, rows: Tile.height, width)
  }

  @inlinable @inline(__always)
  func copy(
    _ source: UnsafePointer<Scalar>, _ sourceStride: Int, to target: UnsafeMutablePointer<Scalar>, _ targetStride: Int,
    rows: Int, _ columns: Int
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        target[row * targetStride + column] = source[row * sourceStride + column]
      }
    }
  }
}
