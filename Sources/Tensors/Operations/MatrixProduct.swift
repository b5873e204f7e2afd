import Kernels

/// A matrix as an operation reads it: where it starts, how far apart its rows are, and whether it stands for its transpose.
public struct MatrixOperand<Scalar: KernelScalar> {
  /// The first element.
  public var pointer: UnsafePointer<Scalar>
  /// The distance from one stored row to the next.
  public var rowStride: Int
  /// Whether the stored matrix is the transpose of the one that is meant.
  public var isTransposed: Bool

  /// The matrix stored row by row at `pointer`, or its transpose.
  public init(_ pointer: UnsafePointer<Scalar>, rowStride: Int, isTransposed: Bool = false) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.isTransposed = isTransposed
  }

  /// The distance between neighbours in a column of the matrix that is meant.
  var downStride: Int { isTransposed ? 1 : rowStride }
  /// The distance between neighbours in a row of the matrix that is meant.
  var acrossStride: Int { isTransposed ? rowStride : 1 }
}

/// The sizes of a matrix product: rows × depth times depth × columns.
public struct MatrixProductShape: Hashable, Sendable {
  /// The rows of the left matrix and of the product.
  public var rows: Int
  /// The columns of the right matrix and of the product.
  public var columns: Int
  /// The columns of the left matrix and the rows of the right one.
  public var depth: Int

  /// A product of rows × depth with depth × columns.
  public init(rows: Int, columns: Int, depth: Int) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
  }
}

/// Computes `result = left · right`, or adds that product to `result`, or starts each row from `bias`.
///
/// The left matrix is packed once. Each piece of work then takes some columns of the result, packs those of the right
/// matrix a part of the depth at a time, and multiplies while they are in the cache. The order of every sum depends on the
/// shape alone, so the result is the same for any number of threads.
///
/// - Parameters:
///   - left: rows × depth.
///   - right: depth × columns.
///   - result: rows × columns, row-major, rows `resultStride` apart (by default `columns`).
///   - isAccumulating: whether the product is added to what `result` holds.
///   - bias: `columns` numbers that are added to each row, or nothing. Not together with `isAccumulating`.
public func matrixProduct<Scalar: KernelScalar>(
  _ shape: MatrixProductShape, _ left: MatrixOperand<Scalar>, _ right: MatrixOperand<Scalar>,
  into result: UnsafeMutablePointer<Scalar>, resultStride: Int? = nil, isAccumulating: Bool = false,
  bias: UnsafePointer<Scalar>? = nil, pool: ThreadPool = .shared
) {
  precondition(bias == nil || !isAccumulating, "a matrix product that accumulates takes no bias")
  let work = BlockedMatrixProduct(
    shape: shape, left: left, right: right, result: result, resultStride: resultStride ?? shape.columns,
    isAccumulating: isAccumulating || bias != nil, bias: bias)
  work.run(on: pool)
}

/// One matrix product, cut into blocks.
private struct BlockedMatrixProduct<Scalar: KernelScalar> {
  let shape: MatrixProductShape
  let left: MatrixOperand<Scalar>
  let right: MatrixOperand<Scalar>
  let result: UnsafeMutablePointer<Scalar>
  let resultStride: Int
  let isAccumulating: Bool
  let bias: UnsafePointer<Scalar>?

  /// The part of the depth for which a panel of the right matrix stays in the first-level cache.
  private var depthBlock: Int { 256 }
  /// The width of a packed panel of the right matrix.
  private var panelWidth: Int { 2 * Scalar.vectorWidth }

  func run(on pool: ThreadPool) {
    guard shape.rows > 0, shape.columns > 0 else { return }
    guard shape.depth > 0 else { return prepareRows(0..<shape.rows, columns: 0..<shape.columns) }
    let partition = SliverPartition(rows: shape.rows)
    withScratch(of: Scalar.self, count: shape.rows * shape.depth) { packedLeft in
      packLeft(partition, into: packedLeft, on: pool)
      let panels = (shape.columns + panelWidth - 1) / panelWidth
      let group = panelsInGroup(panels: panels, threadCount: pool.threadCount)
      let groups = (panels + group - 1) / group
      let bands = bandCount(groups: groups, threadCount: pool.threadCount)
      pool.run(count: groups * bands) { index in
        let columns = (index / bands) * group * panelWidth
        let slivers = partition.count * (index % bands) / bands..<partition.count * (index % bands + 1) / bands
        multiply(
          partition, slivers: slivers, columns: columns..<min(shape.columns, columns + group * panelWidth),
          packedLeft: packedLeft)
      }
    }
  }

  /// So many panels at once that they fill a good part of the second-level cache, fewer where that leaves threads idle.
  private func panelsInGroup(panels: Int, threadCount: Int) -> Int {
    guard threadCount > 1 else { return min(panels, 8) }
    let rounds = max(1, (panels + 8 * threadCount - 1) / (8 * threadCount))
    return max(1, (panels + rounds * threadCount - 1) / (rounds * threadCount))
  }

  /// A product with few columns is cut by rows too.
  private func bandCount(groups: Int, threadCount: Int) -> Int {
    groups >= threadCount ? 1 : min((threadCount + groups - 1) / groups, max(1, shape.rows / 48))
  }

  private func packLeft(_ partition: SliverPartition, into packed: UnsafeMutablePointer<Scalar>, on pool: ThreadPool) {
    let blocks = (shape.depth + depthBlock - 1) / depthBlock
    let sliversInPiece = 32
    let pieces = (partition.count + sliversInPiece - 1) / sliversInPiece
    pool.run(count: blocks * pieces) { index in
      let start = index / pieces * depthBlock
      let depth = min(depthBlock, shape.depth - start)
      let first = index % pieces * sliversInPiece
      Scalar.run(
        LeftPacking(
          source: left.pointer + start * left.acrossStride, rowStride: left.downStride, depthStride: left.acrossStride,
          slivers: first..<min(first + sliversInPiece, partition.count), partition: partition, depth: depth,
          packed: packed + start * shape.rows))
    }
  }

  private func multiply(
    _ partition: SliverPartition, slivers: Range<Int>, columns: Range<Int>, packedLeft: UnsafePointer<Scalar>
  ) {
    let rows = partition.start(of: slivers.lowerBound)..<partition.start(of: slivers.upperBound)
    if bias != nil { prepareRows(rows, columns: columns) }
    let paddedColumns = (columns.count + panelWidth - 1) / panelWidth * panelWidth
    let tileCount = SliverPartition.maximumHeight * panelWidth
    withScratch(of: Scalar.self, count: paddedColumns * min(depthBlock, shape.depth) + tileCount) { scratch in
      for start in stride(from: 0, to: shape.depth, by: depthBlock) {
        let depth = min(depthBlock, shape.depth - start)
        Scalar.run(
          RightPacking(
            source: right.pointer + (start * right.downStride + columns.lowerBound * right.acrossStride),
            depthStride: right.downStride, columnStride: right.acrossStride, depth: depth, columns: columns.count,
            packed: scratch + tileCount))
        Scalar.run(
          PanelProduct(
            left: packedLeft + start * shape.rows, right: scratch + tileCount,
            result: result + columns.lowerBound, resultStride: resultStride,
            partition: partition, slivers: slivers, columns: columns.count, depth: depth,
            isAccumulating: isAccumulating || start > 0,
            scratch: scratch))
      }
    }
  }

  /// Fills a block of the result with the bias, or with zeros unless it accumulates.
  private func prepareRows(_ rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      let target = result + row * resultStride
      if let bias {
        for column in columns { target[column] = bias[column] }
      } else if !isAccumulating {
        for column in columns { target[column] = 0 }
      }
    }
  }
}
