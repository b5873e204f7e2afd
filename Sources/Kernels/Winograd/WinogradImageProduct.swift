/// Products of transformed filters with the transformed tiles of one image, and their transform back at once: minimal
/// filtering for images of few channels, whose products would take longer to write and to read than to form.
///
/// Filter after filter of a micro-panel meets two vectors of tiles, which stay in the first-level cache meanwhile. The outputs of
/// a filter then follow each other in memory, and are asked for before they are written: there are too many for the
/// processor to wait for each.
@usableFromInline package struct WinogradImageProduct<Scalar: KernelScalar>: Kernel {
  /// The transformed tiles, two vectors of them at a time: 36 parts × channels × two vectors.
  @usableFromInline let tiles: UnsafePointer<Scalar>
  /// How many pairs of vectors there are.
  @usableFromInline let pairs: Int
  @usableFromInline let channels: Int
  /// The transformed filters in micro-panels, each 36 parts × channels × filters.
  @usableFromInline let filters: UnsafePointer<Scalar>
  /// How the filters are cut.
  @usableFromInline let partition: MicroPanelPartition
  /// Which micro-panels are computed.
  @usableFromInline let microPanels: Range<Int>
  /// Where the outputs go.
  @usableFromInline let outputs: WinogradTileOutputs<Scalar>
  /// Room for 48 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    tiles: UnsafePointer<Scalar>, pairs: Int, channels: Int, filters: UnsafePointer<Scalar>,
    partition: MicroPanelPartition, microPanels: Range<Int>, outputs: WinogradTileOutputs<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.tiles, self.pairs, self.channels, self.filters) = (tiles, pairs, channels, filters)
    (self.partition, self.microPanels, self.outputs, self.scratch) = (partition, microPanels, outputs, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    for microPanel in microPanels {
      let first = partition.start(of: microPanel)
      let height = partition.start(of: microPanel + 1) - first
      for pair in 0..<pairs {
        for row in 0..<height {
          multiply(
            Vector.self, filters + (36 * channels * first + row), height: height, pair: pair, filter: first + row,
            asking: distance(Vector.self, pair, row, height))
        }
      }
    }
  }

  /// How far behind the outputs at hand those of the products after the next are: two filters on, and at the end of a
  /// micro-panel also in the next pair of vectors, or in the first one with the next micro-panel.
  @inlinable @inline(__always)
  func distance<Vector: KernelVector<Scalar>>(_: Vector.Type, _ pair: Int, _ row: Int, _ height: Int) -> Int {
    let ahead = 2 * outputs.filterStride
    guard row + 2 >= height else { return ahead }
    let here = outputs.tiles[2 * pair * Vector.width].offset
    guard pair + 1 < pairs else { return ahead + outputs.tiles[0].offset - here }
    return ahead - height * outputs.filterStride + outputs.tiles[2 * (pair + 1) * Vector.width].offset - here
  }

  /// The outputs of one filter for two vectors of tiles.
  @inlinable @inline(__always)
  func multiply<Vector: KernelVector<Scalar>>(
    _: Vector.Type, _ factors: UnsafePointer<Scalar>, height: Int, pair: Int, filter: Int, asking distance: Int
  ) {
    let width = Vector.width
    let numbers = tiles + pair * 72 * channels * width
    let (left, right) = (scratch, scratch + 24 * width)
    let bias = outputs.bias(of: filter, Vector.self)
    for column in 0..<6 {
      let sums = sums(
        factors + column * channels * height, height, numbers + column * channels * 2 * width,
        startingWith: column == 1 ? bias : Vector(repeating: 0))
      Vector.store(Vector.outputTransform(sums.left), to: left + column * width, stride: 6 * width)
      Vector.store(Vector.outputTransform(sums.right), to: right + column * width, stride: 6 * width)
    }
    let tile = 2 * pair * width
    outputs.finish(Vector.self, left, tile: tile, filter: filter, asking: distance)
    // Of the last pair perhaps only one vector counts.
    if tile + width < outputs.tileCount {
      outputs.finish(Vector.self, right, tile: tile + width, filter: filter, asking: distance)
    }
  }

  /// The products of one column's six parts, summed over the channels; `start` and those of row 1.
  @inlinable @inline(__always)
  func sums<Vector: KernelVector<Scalar>>(
    _ factors: UnsafePointer<Scalar>, _ height: Int, _ numbers: UnsafePointer<Scalar>, startingWith start: Vector
  ) -> (left: Six<Vector>, right: Six<Vector>) {
    typealias Row = TwoVectors<Vector>
    var (row0, row1, row2) = (Row(), Row(SumVector(start), SumVector(start)), Row())
    var (row3, row4, row5) = (Row(), Row(), Row())
    let (factorStep, numberStep) = (6 * channels * height, 6 * channels * 2 * Vector.width)
    var (factor, number) = (factors, numbers)
    for _ in 0..<channels {
      add(factor, number, to: &row0)
      add(factor + factorStep, number + numberStep, to: &row1)
      add(factor + 2 * factorStep, number + 2 * numberStep, to: &row2)
      add(factor + 3 * factorStep, number + 3 * numberStep, to: &row3)
      add(factor + 4 * factorStep, number + 4 * numberStep, to: &row4)
      add(factor + 5 * factorStep, number + 5 * numberStep, to: &row5)
      factor += height
      number += 2 * Vector.width
    }
    return (
      (row0.left.sums, row1.left.sums, row2.left.sums, row3.left.sums, row4.left.sums, row5.left.sums),
      (row0.right.sums, row1.right.sums, row2.right.sums, row3.right.sums, row4.right.sums, row5.right.sums)
    )
  }

  /// Adds a factor times two vectors.
  @inlinable @inline(__always)
  func add<Vector: KernelVector<Scalar>>(
    _ factor: UnsafePointer<Scalar>, _ numbers: UnsafePointer<Scalar>, to row: inout TwoVectors<Vector>
  ) {
    row.addOuterProduct(factor, (Vector(loading: numbers), Vector(loading: numbers + Vector.width)))
  }
}
