/// A tile of at most 4×4 outputs.
@usableFromInline package struct WinogradTile: Sendable {
  /// Where its outputs start.
  @usableFromInline package let offset: Int
  /// How many of its rows and columns are outputs.
  @usableFromInline let height: Int, width: Int

  package init(offset: Int, height: Int, width: Int) {
    (self.offset, self.height, self.width) = (offset, height, width)
  }

  /// Whether all of it is outputs.
  @inlinable @inline(__always) var isWhole: Bool { height == 4 && width == 4 }
}

/// Where the outputs of tiles go, 4×4 a tile, fewer at the edges: the last half of minimal filtering's transform back,
/// Aᵀ m A, and what is done to each output before it is written.
@usableFromInline package struct WinogradTileOutputs<Scalar: KernelScalar> {
  /// A number for each filter that is added, or nothing.
  @usableFromInline var bias: UnsafePointer<Scalar>?
  /// Whether negative outputs become zero.
  @usableFromInline var isRectified: Bool
  /// The outputs of filter 0 for the first image.
  @usableFromInline var output: UnsafeMutablePointer<Scalar>
  /// How many tiles count.
  @usableFromInline var tileCount: Int
  @usableFromInline var tiles: UnsafePointer<WinogradTile>
  /// How far apart the outputs of two filters are.
  @usableFromInline var filterStride: Int
  /// How many outputs a row has.
  @usableFromInline var rowLength: Int
  /// Room for 16 vectors.
  @usableFromInline var scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    bias: UnsafePointer<Scalar>?, isRectified: Bool, output: UnsafeMutablePointer<Scalar>, tileCount: Int,
    tiles: UnsafePointer<WinogradTile>, filterStride: Int, rowLength: Int, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.bias, self.isRectified, self.output) = (bias, isRectified, output)
    (self.tileCount, self.tiles, self.filterStride) = (tileCount, tiles, filterStride)
    (self.rowLength, self.scratch) = (rowLength, scratch)
  }

  /// What a filter's bias adds to the part at row 1 and column 1 of a tile: transformed back, it is the bias everywhere.
  @inlinable @inline(__always) func bias<Vector: KernelVector<Scalar>>(of filter: Int, _: Vector.Type) -> Vector {
    Vector(repeating: bias?[filter] ?? 0)
  }

  /// Transforms the rows of a vector of tiles and writes what comes out.
  ///
  /// - Parameters:
  ///   - columns: Aᵀ m: for each of four rows, six vectors.
  ///   - tile: The first of the tiles.
  ///   - distance: How far behind the outputs are some that will be written soon, and are asked for. Any number does no harm.
  @inlinable @inline(__always)
  func finish<Vector: KernelVector<Scalar>>(
    _: Vector.Type, _ columns: UnsafePointer<Scalar>, tile: Int, filter: Int, asking distance: Int
  ) {
    let place = output + (tiles[tile].offset + filter * filterStride)
    let isInRow = areWholeAndInRow(tile, count: Vector.width)
    for row in 0..<4 {
      ask(Vector.self, place + (row * rowLength + distance))
      var y = Vector.outputTransform(Vector.six(columns + row * 6 * Vector.width, stride: Vector.width))
      if isRectified { y = (y.0.rectified(), y.1.rectified(), y.2.rectified(), y.3.rectified()) }
      // Each tile's four outputs of this row follow each other, and those of the next tile of the row follow them.
      let target = isInRow ? place + row * rowLength : scratch + row * 4 * Vector.width
      Vector.storeTransposed(y.0, y.1, y.2, y.3, to: target)
    }
    if !isInRow { copy(tile..<min(tile + Vector.width, tileCount), Vector.width, filter) }
  }

  /// Asks for the memory of one row of outputs of a vector of tiles.
  @inlinable @inline(__always) func ask<Vector: KernelVector<Scalar>>(_: Vector.Type, _ place: UnsafePointer<Scalar>) {
    let byteCount = 4 * Vector.width * MemoryLayout<Scalar>.size
    for line in 0..<byteCount / Prefetching.lineBytes {
      Vector.prefetch(UnsafeRawPointer(place) + line * Prefetching.lineBytes)
    }
  }

  /// Whether so many tiles from `first` on are whole and stand side by side.
  ///
  /// A step to another row or image is longer than four, so equal sums of steps have equal steps.
  @inlinable @inline(__always) func areWholeAndInRow(_ first: Int, count: Int) -> Bool {
    let last = first + count - 1
    return last < tileCount && tiles[last].offset - tiles[first].offset == 4 * (count - 1) && tiles[first].height == 4
      && tiles[last].width == 4
  }

  /// Copies the outputs of some tiles from `scratch` to where they belong.
  @inlinable @inline(__always) func copy(_ range: Range<Int>, _ width: Int, _ filter: Int) {
    for tile in range {
      let target = output + (tiles[tile].offset + filter * filterStride)
      let source = scratch + 4 * (tile - range.lowerBound)
      if tiles[tile].isWhole {
        for row in 0..<4 {
          let quad = UnsafeRawPointer(source + row * 4 * width).loadUnaligned(as: SIMD4<Scalar>.self)
          UnsafeMutableRawPointer(target + row * rowLength).storeBytes(of: quad, as: SIMD4<Scalar>.self)
        }
      } else {
        for row in 0..<tiles[tile].height {
          for column in 0..<tiles[tile].width { target[row * rowLength + column] = source[row * 4 * width + column] }
        }
      }
    }
  }
}
