/// The product of packed filters with the windows of one image: an implicit matrix product, whose right matrix is read from
/// the image itself.
///
/// Six filters and two vectors of neighbouring outputs make a tile. A vector of outputs is called a block.
@usableFromInline package struct ImageProduct<Scalar: KernelScalar>: Kernel {
  /// The image in polyphase planes.
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Where the windows' numbers stand.
  @usableFromInline let windows: WindowOffsets
  /// How many outputs a row has.
  @usableFromInline let rowLength: Int
  /// The filters in micro-panels, each of them factor by factor.
  @usableFromInline let filters: UnsafePointer<Scalar>
  /// How the filters are cut into micro-panels.
  @usableFromInline let partition: MicroPanelPartition
  /// Which micro-panels are computed.
  @usableFromInline let microPanels: Range<Int>
  /// A number for each filter that starts its sums, or nothing.
  @usableFromInline let bias: UnsafePointer<Scalar>?
  /// The outputs of filter 0, row by row.
  @usableFromInline let output: UnsafeMutablePointer<Scalar>
  /// How far apart the outputs of neighbouring filters are.
  @usableFromInline let outputStride: Int
  /// Whether negative outputs become zero.
  @usableFromInline let isRectified: Bool
  /// Room for a tile.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    image: UnsafePointer<Scalar>, windows: WindowOffsets, rowLength: Int, filters: UnsafePointer<Scalar>,
    partition: MicroPanelPartition, microPanels: Range<Int>, bias: UnsafePointer<Scalar>?,
    output: UnsafeMutablePointer<Scalar>, outputStride: Int, isRectified: Bool, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.image, self.windows, self.rowLength) = (image, windows, rowLength)
    (self.filters, self.partition, self.microPanels, self.bias) = (filters, partition, microPanels, bias)
    (self.output, self.outputStride, self.isRectified, self.scratch) = (output, outputStride, isRectified, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    for microPanel in microPanels {
      let first = partition.start(of: microPanel)
      switch partition.start(of: microPanel + 1) - first {
      case 1: rows(TwoVectors<Vector>.self, first)
      case 2: rows(TwoRows<TwoVectors<Vector>>.self, first)
      case 3: rows(ThreeRows<TwoVectors<Vector>>.self, first)
      case 4: rows(FourRows<TwoVectors<Vector>>.self, first)
      case 5: rows(FiveRows<TwoVectors<Vector>>.self, first)
      default: rows(SixRows<TwoVectors<Vector>>.self, first)
      }
    }
  }

  /// All blocks for the filters from `first` on, two at a time.
  @inlinable @inline(__always) func rows<Tile: SumTile>(_: Tile.Type, _ first: Int)
  where Tile.Vector.Scalar == Scalar, Tile.Row == TwoVectors<Tile.Vector>.Row {
    let width = Tile.Vector.width
    let blocksInRow = (rowLength + width - 1) / width
    let isWhole = rowLength % width == 0
    let factors = filters + first * windows.tapCount
    let plane = output + first * outputStride
    var block = 0
    while block < windows.blockCount {
      let next = min(block + 1, windows.blockCount - 1)
      let tile = sums(Tile.self, factors, first, block, next)
      if isWhole && next > block {
        tile.store(to: plane + block * width, stride: outputStride)
      } else {
        tile.store(to: scratch, stride: 2 * width)
        copyBlock(scratch, to: plane, block, blocksInRow, rows: Tile.height, width)
        copyBlock(scratch + width, to: plane, next, blocksInRow, rows: Tile.height, width)
      }
      block += 2
    }
  }

  /// The sums of two blocks. Rows of padding, which both blocks meet at the top and at the bottom of an image, are left out.
  @inlinable @inline(__always)
  func sums<Tile: SumTile>(
    _: Tile.Type, _ factors: UnsafePointer<Scalar>, _ first: Int, _ block: Int, _ next: Int
  ) -> Tile where Tile.Vector.Scalar == Scalar, Tile.Row == TwoVectors<Tile.Vector>.Row {
    let left = image + windows.blocks[block]
    let right = image + windows.blocks[next]
    var tile = Tile()
    if let bias { tile = Tile(rowsStartingWith: bias + first) }
    // All taps in one run, or some of each channel.
    var tap = min(windows.tapReach[2 * block], windows.tapReach[2 * next])
    var length = max(windows.tapReach[2 * block + 1], windows.tapReach[2 * next + 1]) - tap
    var runs = windows.channels
    if length == windows.channelTaps {
      length *= runs
      runs = 1
    }
    for _ in 0..<runs {
      var place = factors + tap * Tile.height
      for index in tap..<tap + length {
        let offset = windows.taps[index]
        tile.addOuterProduct(place, (Tile.Vector(loading: left + offset), Tile.Vector(loading: right + offset)))
        place += Tile.height
      }
      tap += windows.channelTaps
    }
    return isRectified ? tile.rectified() : tile
  }

  /// Copies the part of a block that lies in its row.
  @inlinable @inline(__always)
  func copyBlock(
    _ source: UnsafePointer<Scalar>, to plane: UnsafeMutablePointer<Scalar>, _ block: Int, _ blocksInRow: Int,
    rows: Int, _ width: Int
  ) {
    let column = block % blocksInRow * width
    let target = plane + (block / blocksInRow * rowLength + column)
    let count = min(width, rowLength - column)
    for row in 0..<rows {
      for place in 0..<count { target[row * outputStride + place] = source[row * 2 * width + place] }
    }
  }
}
