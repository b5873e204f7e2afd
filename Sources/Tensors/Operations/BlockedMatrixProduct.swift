import Kernels

/// One matrix product, cut into blocks that stay in the caches.
///
/// Each piece of work computes a block of the result, a band of rows by a group of columns. It goes through the depth in
/// parts, for which a panel of the right matrix stays in the first-level cache and the packed blocks of both matrices in
/// the second-level one. What several pieces need is packed once for all of them, some parts of the depth at a time, so
/// that it does not go to memory and come back; what only one needs, it packs itself when it needs it. While it computes, it
/// asks for the memory of the right matrix that it packs next.
struct BlockedMatrixProduct<Scalar: KernelScalar> {
  let shape: MatrixProductShape
  let left: MatrixOperand<Scalar>
  let right: MatrixOperand<Scalar>
  let partition: SliverPartition
  /// How many bytes are packed for all pieces of work at once, beyond one part of the depth.
  let sharedBytes: Int

  /// So many as stay in the last-level cache beside what the pieces read and write.
  static var sharedBytes: Int { 4 << 20 }

  /// Where a product goes.
  struct Target {
    /// Row 0, column 0.
    let pointer: UnsafeMutablePointer<Scalar>
    /// How far apart the rows are.
    let stride: Int
    /// Whether the product is added to what stands there.
    var isAccumulating = false
    /// What each row starts from, or nothing.
    var bias: UnsafePointer<Scalar>?
  }

  init(
    shape: MatrixProductShape, left: MatrixOperand<Scalar>, right: MatrixOperand<Scalar>,
    sharedBytes: Int = Self.sharedBytes
  ) {
    self.shape = shape
    self.left = left
    self.right = right
    self.sharedBytes = sharedBytes
    partition = SliverPartition(rows: shape.rows)
  }

  /// The width of a packed panel of the right matrix.
  private var panelWidth: Int { 2 * Scalar.vectorWidth }
  /// The number of panels, the last one perhaps not whole.
  private var panels: Int { (shape.columns + panelWidth - 1) / panelWidth }

  /// The parts of the depth, as even as they go.
  private var depthParts: Int { (shape.depth + 255) / 256 }
  private func depth(ofPart part: Int) -> Range<Int> {
    shape.depth * part / depthParts..<shape.depth * (part + 1) / depthParts
  }
  private var longestPart: Int { (shape.depth + depthParts - 1) / max(depthParts, 1) }

  /// Computes the product.
  func run(on pool: ThreadPool, into target: Target) {
    guard shape.rows > 0, shape.columns > 0 else { return }
    guard shape.depth > 0 else { return prepareRows(0..<shape.rows, columns: 0..<shape.columns, of: target) }
    let (bands, groups) = grid(threadCount: pool.threadCount)
    // One piece of work comes to the left matrix again and again too, if it packs the right one a few panels at a time.
    let leftRows = groups > 1 || bands == 1 && panels > Self.panelsAtOnce ? shape.rows : 0
    let rightColumns = bands > 1 ? panels * panelWidth : 0
    let partBytes = (leftRows + rightColumns) * longestPart * MemoryLayout<Scalar>.size
    let partsAtOnce = max(1, min(depthParts, sharedBytes / max(1, partBytes)))
    let depthAtOnce = partsAtOnce * longestPart
    withScratch(of: Scalar.self, count: (leftRows + rightColumns) * depthAtOnce) { scratch in
      let sharedLeft = leftRows > 0 ? scratch : nil
      let sharedRight = rightColumns > 0 ? scratch + leftRows * depthAtOnce : nil
      for first in stride(from: 0, to: depthParts, by: partsAtOnce) {
        let parts = first..<min(first + partsAtOnce, depthParts)
        packShared(parts, left: sharedLeft, right: sharedRight, on: pool)
        pool.run(count: bands * groups) { index in
          let (band, group) = (index / groups, index % groups)
          let panelsOfGroup = panels * group / groups..<panels * (group + 1) / groups
          let atOnce = sharedRight == nil ? Self.panelsAtOnce : panels
          for start in stride(from: panelsOfGroup.lowerBound, to: panelsOfGroup.upperBound, by: atOnce) {
            let end = min(start + atOnce, panelsOfGroup.upperBound)
            multiply(
              parts, slivers: partition.count * band / bands..<partition.count * (band + 1) / bands,
              panels: start..<end, next: end..<min(end + atOnce, panelsOfGroup.upperBound), sharedLeft: sharedLeft,
              sharedRight: sharedRight, into: target)
          }
        }
      }
    }
  }

  /// Computes the product a band of rows at a time, and calls `body` with each while the caches hold it.
  ///
  /// All bands but the last have a multiple of 24 rows: whole slivers, and whole vectors for whoever goes through their
  /// numbers, so that what he computes does not depend on how many bands there are.
  func runInBands(on pool: ThreadPool, _ body: (_ rows: Range<Int>, _ band: UnsafePointer<Scalar>) -> Void) {
    guard shape.rows > 0, shape.columns > 0 else { return }
    let rowBytes = shape.columns * MemoryLayout<Scalar>.size
    let mostRows = min(Self.bandBytes / rowBytes, shape.rows / (2 * pool.threadCount))
    let bandRows = max(24, mostRows / 24 * 24)
    withScratch(of: Scalar.self, count: panels * panelWidth * shape.depth) { sharedRight in
      packShared(0..<depthParts, left: nil, right: sharedRight, on: pool)
      pool.runInPieces(of: bandRows, count: shape.rows) { rows in
        withScratch(of: Scalar.self, count: rows.count * shape.columns) { room in
          product(ofRows: rows).fill(Target(pointer: room, stride: shape.columns), sharedRight: sharedRight)
          body(rows, room)
        }
      }
    }
  }

  /// How long a band is: with as much of what it is used for, it fits the second-level cache.
  private static var bandBytes: Int { 256 << 10 }

  /// The product of some rows of the left matrix alone.
  private func product(ofRows rows: Range<Int>) -> Self {
    var left = left
    left.pointer += rows.lowerBound * left.downStride
    return Self(
      shape: MatrixProductShape(rows: rows.count, columns: shape.columns, depth: shape.depth), left: left, right: right)
  }

  /// Computes the whole product at once, where all parts of the right matrix are packed.
  private func fill(_ target: Target, sharedRight: UnsafePointer<Scalar>) {
    guard shape.depth > 0 else { return prepareRows(0..<shape.rows, columns: 0..<shape.columns, of: target) }
    multiply(
      0..<depthParts, slivers: 0..<partition.count, panels: 0..<panels, next: panels..<panels, sharedLeft: nil,
      sharedRight: sharedRight, into: target)
  }

  /// How many bands and groups the result is cut into: one band, or one group, where a part of the rows, or columns,
  /// fits the second-level cache whole. The sums do not depend on it.
  private func grid(threadCount: Int) -> (bands: Int, groups: Int) {
    func cut(_ count: Int, into size: Int) -> Int { (count + size - 1) / size }
    let slivers = partition.count
    let enough = threadCount > 1 ? 2 * threadCount : 1
    if slivers <= Self.mostSlivers, slivers <= 2 * panels {
      return (1, max(cut(panels, into: Self.mostPanels), min(enough, cut(panels, into: 2))))
    }
    let bands = cut(slivers, into: 21)
    if panels <= Self.mostPanels { return (max(bands, min(enough, cut(slivers, into: 4))), 1) }
    return (bands, cut(panels, into: Self.mostPanels))
  }

  /// 516 rows and, in Float, 512 columns: half a megabyte of 256 steps.
  private static var mostSlivers: Int { 86 }
  private static var mostPanels: Int { 32 }
  /// How many panels whoever computes with them packs at a time: in Float, an eighth of a megabyte.
  private static var panelsAtOnce: Int { 8 }

  /// Packs some parts of the matrices for which there is room.
  private func packShared(
    _ parts: Range<Int>, left sharedLeft: UnsafeMutablePointer<Scalar>?,
    right sharedRight: UnsafeMutablePointer<Scalar>?, on pool: ThreadPool
  ) {
    let leftPieces = sharedLeft == nil ? 0 : (partition.count + 31) / 32
    let rightPieces = sharedRight == nil ? 0 : (panels + 15) / 16
    let start = depth(ofPart: parts.lowerBound).lowerBound
    pool.run(count: parts.count * (leftPieces + rightPieces)) { index in
      let part = depth(ofPart: parts.lowerBound + index % parts.count)
      let piece = index / parts.count
      if let sharedLeft, piece < leftPieces {
        packLeft(
          part, slivers: 32 * piece..<min(32 * piece + 32, partition.count),
          into: sharedLeft + (part.lowerBound - start) * shape.rows)
      } else if let sharedRight {
        let first = 16 * (piece - leftPieces)
        packRight(
          part, panels: first..<min(first + 16, panels),
          into: sharedRight + ((part.lowerBound - start) * panels + first * part.count) * panelWidth)
      }
    }
  }

  /// Packs some slivers; `packed` is where the first of all would start.
  private func packLeft(_ part: Range<Int>, slivers: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    Scalar.run(
      LeftPacking(
        source: left.pointer + part.lowerBound * left.acrossStride, rowStride: left.downStride,
        depthStride: left.acrossStride, slivers: slivers, partition: partition, depth: part.count, packed: packed))
  }

  /// Packs some panels, the first of them at `packed`.
  private func packRight(_ part: Range<Int>, panels: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    Scalar.run(
      RightPacking(
        source: rightStart(part, panels), depthStride: right.downStride, columnStride: right.acrossStride,
        depth: part.count, columns: columns(of: panels).count, packed: packed))
  }

  /// Adds some parts' products to a block of the result. `nextPanels` come after it, for the same rows.
  private func multiply(
    _ parts: Range<Int>, slivers: Range<Int>, panels: Range<Int>, next nextPanels: Range<Int>,
    sharedLeft: UnsafePointer<Scalar>?, sharedRight: UnsafePointer<Scalar>?, into target: Target
  ) {
    let rows = partition.start(of: slivers.lowerBound)..<partition.start(of: slivers.upperBound)
    let columns = columns(of: panels)
    if target.bias != nil, parts.lowerBound == 0 { prepareRows(rows, columns: columns, of: target) }
    let tileCount = SliverPartition.maximumHeight * panelWidth
    let leftCount = sharedLeft == nil ? rows.count * longestPart : 0
    let rightCount = sharedRight == nil ? panels.count * panelWidth * longestPart : 0
    let first = depth(ofPart: parts.lowerBound).lowerBound
    withScratch(of: Scalar.self, count: tileCount + leftCount + rightCount) { scratch in
      let (leftRoom, rightRoom) = (scratch + tileCount, scratch + (tileCount + leftCount))
      for index in parts {
        let part = depth(ofPart: index)
        // Where the first sliver of all would stand: the kernel counts from there.
        let band: UnsafePointer<Scalar>
        if let sharedLeft {
          band = sharedLeft + (part.lowerBound - first) * shape.rows
        } else {
          let start = leftRoom - rows.lowerBound * part.count
          packLeft(part, slivers: slivers, into: start)
          band = UnsafePointer(start)
        }
        let group: UnsafePointer<Scalar>
        var next = Prefetching()
        if let sharedRight {
          group = sharedRight + ((part.lowerBound - first) * self.panels + panels.lowerBound * part.count) * panelWidth
        } else {
          packRight(part, panels: panels, into: rightRoom)
          group = UnsafePointer(rightRoom)
          let turns = slivers.count * panels.count * (part.count / Prefetching.stepsBetweenTurns)
          next =
            index + 1 < parts.upperBound
            ? prefetching(index + 1, panels, turns: turns)
            : prefetching(parts.lowerBound, nextPanels, turns: turns)
        }
        Scalar.run(
          PanelProduct(
            left: band, right: group, result: target.pointer + columns.lowerBound, resultStride: target.stride,
            partition: partition, slivers: slivers, columns: columns.count, depth: part.count,
            isAccumulating: target.isAccumulating || target.bias != nil || index > 0, scratch: scratch, next: next))
      }
    }
  }

  private func columns(of panels: Range<Int>) -> Range<Int> {
    panels.lowerBound * panelWidth..<min(shape.columns, panels.upperBound * panelWidth)
  }

  /// Where a part of some panels begins in the right matrix.
  private func rightStart(_ part: Range<Int>, _ panels: Range<Int>) -> UnsafePointer<Scalar> {
    right.pointer + (part.lowerBound * right.downStride + panels.lowerBound * panelWidth * right.acrossStride)
  }

  /// What `packRight` reads for a part and some panels, to be asked for in so many turns.
  private func prefetching(_ part: Int, _ panels: Range<Int>, turns: Int) -> Prefetching {
    guard turns > 0, !panels.isEmpty else { return Prefetching() }
    let steps = depth(ofPart: part)
    let columns = columns(of: panels)
    let isInRows = right.acrossStride == 1
    let size = MemoryLayout<Scalar>.size
    return Prefetching(
      rightStart(steps, panels), rows: isInRows ? steps.count : columns.count,
      rowBytes: (isInRows ? columns.count : steps.count) * size,
      rowStride: (isInRows ? right.downStride : right.acrossStride) * size, turns: turns)
  }

  /// Fills a block of the result with the bias, or with zeros unless it accumulates.
  private func prepareRows(_ rows: Range<Int>, columns: Range<Int>, of target: Target) {
    for row in rows {
      let numbers = target.pointer + row * target.stride
      if let bias = target.bias {
        for column in columns { numbers[column] = bias[column] }
      } else if !target.isAccumulating {
        for column in columns { numbers[column] = 0 }
      }
    }
  }
}
