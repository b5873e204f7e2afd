import NbrunKernels

/// One matrix product, cut into blocks that stay in the caches.
///
/// Each piece of work computes a block of the result, a band of rows by a group of columns. It goes through the depth in
/// parts, for which the packed band of the left matrix stays in the second-level cache and a panel of the right one, which
/// the kernel packs, in the first-level one. Where several pieces have the same band, it is packed once for all of them,
/// some parts of the depth at a time, so that it does not go to memory and come back.
struct BlockedMatrixProduct<Scalar: KernelScalar> {
  let shape: MatrixProductShape
  let left: MatrixOperand<Scalar>
  let right: MatrixOperand<Scalar>
  let partition: MicroPanelPartition
  /// How many bytes are packed for several pieces of work at once, at most.
  let sharedBytes: Int
  /// Into how many groups the parts of the depth are cut, each summed by itself before the sums are added up.
  private let depthGroups: Int

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

    /// The same place, when some of what goes there has come.
    var begun: Target {
      var rest = self
      rest.isAccumulating = true
      rest.bias = nil
      return rest
    }
  }

  /// - Parameter depthGroups: how the depth is cut; as the shape has it unless given.
  init(
    shape: MatrixProductShape, left: MatrixOperand<Scalar>, right: MatrixOperand<Scalar>,
    sharedBytes: Int = Self.sharedBytes, depthGroups: Int? = nil
  ) {
    (self.shape, self.left, self.right, self.sharedBytes) = (shape, left, right, sharedBytes)
    self.depthGroups = depthGroups ?? Self.depthGroups(shape)
    partition = MicroPanelPartition(rows: shape.rows)
  }

  /// The width of a packed panel of the right matrix.
  private var panelWidth: Int { 2 * Scalar.vectorWidth }
  /// The number of panels, the last one perhaps not whole.
  private var panels: Int { (shape.columns + panelWidth - 1) / panelWidth }

  /// The parts of the depth, as even as they go.
  private var depthParts: Int { Self.depthParts(shape) }
  private static func depthParts(_ shape: MatrixProductShape) -> Int { (shape.depth + 255) / 256 }
  private func depth(ofPart part: Int) -> Range<Int> { share(part, of: depthParts, in: shape.depth) }
  private var longestPart: Int { (shape.depth + depthParts - 1) / max(depthParts, 1) }

  func run(on device: Device, into target: Target) {
    run(on: device, threadCount: device.threads.threadCount, into: target)
  }

  /// Computes the product in as many pieces as keep so many threads busy.
  private func run(on device: Device, threadCount: Int, into target: Target) {
    guard shape.rows > 0, shape.columns > 0 else { return }
    guard shape.depth > 0 else { return prepareRows(0..<shape.rows, columns: 0..<shape.columns, of: target) }
    if depthGroups > 1 { return runByDepth(on: device, threadCount: threadCount, into: target) }
    let (bands, groups) = grid(threadCount: threadCount)
    let partBytes = shape.rows * longestPart * MemoryLayout<Scalar>.size
    // What is too long for the caches is packed by each piece of work again, rather than read from memory.
    let sharesLeft = groups > 1 && partBytes <= sharedBytes
    let partsAtOnce = sharesLeft ? min(depthParts, sharedBytes / partBytes) : depthParts
    withScratch(of: Scalar.self, count: sharesLeft ? shape.rows * partsAtOnce * longestPart : 0, on: device) {
      scratch in
      for first in stride(from: 0, to: depthParts, by: partsAtOnce) {
        let parts = first..<min(first + partsAtOnce, depthParts)
        if sharesLeft { packLeft(parts, into: scratch, on: device) }
        device.threads.run(count: bands * groups) { index in
          let (band, group) = (index / groups, index % groups)
          multiply(
            parts, microPanels: share(band, of: bands, in: partition.count),
            panels: share(group, of: groups, in: panels), sharedLeft: sharesLeft ? scratch : nil,
            into: first == 0 ? target : target.begun, on: device)
        }
      }
    }
  }

  /// Long sums are cut where the result is small: then each thread has columns of the left matrix and rows of the right one
  /// to itself, and nothing that it packs or reads is another's, whose cache may be far away. The order of the sums depends
  /// on the shape alone.
  private static func depthGroups(_ shape: MatrixProductShape) -> Int {
    shape.depth >= 8 * max(shape.rows, shape.columns) ? max(1, min(4, depthParts(shape) / 4)) : 1
  }

  /// Computes a product whose sums are long, some parts of them on each thread.
  private func runByDepth(on device: Device, threadCount: Int, into target: Target) {
    let count = shape.rows * shape.columns
    let (bands, groups) = grid(threadCount: (threadCount + depthGroups - 1) / depthGroups)
    withScratch(of: Scalar.self, count: (depthGroups - 1) * count, on: device) { others in
      device.threads.run(count: depthGroups * bands * groups) { index in
        let (depthGroup, block) = index.quotientAndRemainder(dividingBy: bands * groups)
        let (band, group) = block.quotientAndRemainder(dividingBy: groups)
        // The first sums begin with what the result is to begin with.
        let place = depthGroup == 0 ? target : Target(pointer: others + (depthGroup - 1) * count, stride: shape.columns)
        multiply(
          share(depthGroup, of: depthGroups, in: depthParts), microPanels: share(band, of: bands, in: partition.count),
          panels: share(group, of: groups, in: panels), sharedLeft: nil, into: place, on: device)
      }
      device.threads.runInPieces(of: max(1, elementsAtOnce / shape.columns), count: shape.rows) { rows in
        for row in rows {
          Scalar.run(
            RowSums(
              input: others + row * shape.columns, rows: depthGroups - 1, columns: shape.columns, rowStride: count,
              result: target.pointer + row * target.stride, isAccumulating: true))
        }
      }
    }
  }

  /// Computes the product a band of rows at a time, and calls `body` with each while the caches hold it.
  ///
  /// All bands but the last have a multiple of 24 rows: whole micro-panels, and whole vectors for whoever goes through their
  /// numbers, so that what he computes does not depend on how many bands there are.
  func runInBands(on device: Device, _ body: (_ rows: Range<Int>, _ band: UnsafePointer<Scalar>) -> Void) {
    guard shape.rows > 0, shape.columns > 0 else { return }
    let rowBytes = shape.columns * MemoryLayout<Scalar>.size
    let mostRows = min(Self.bandBytes / rowBytes, shape.rows / (2 * device.threads.threadCount))
    let bandRows = max(24, mostRows / 24 * 24)
    device.threads.runInPieces(of: bandRows, count: shape.rows) { rows in
      withScratch(of: Scalar.self, count: rows.count * shape.columns, on: device) { room in
        product(ofRows: rows).run(on: device, threadCount: 1, into: Target(pointer: room, stride: shape.columns))
        body(rows, room)
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
      shape: MatrixProductShape(rows: rows.count, columns: shape.columns, depth: shape.depth), left: left, right: right,
      sharedBytes: sharedBytes, depthGroups: depthGroups)
  }

  /// How many bands and groups the result is cut into: bands of which a part fits the second-level cache beside what goes
  /// through it, groups of which the result does, and more of them where threads would have nothing to do. The sums do not
  /// depend on it.
  private func grid(threadCount: Int) -> (bands: Int, groups: Int) {
    func cut(_ count: Int, into size: Int) -> Int { (count + size - 1) / size }
    let bands = cut(partition.count, into: Self.mostMicroPanels)
    let enough = threadCount > 1 ? cut(piecesForThread * threadCount, into: bands) : 1
    return (bands, max(cut(panels, into: Self.mostPanels), min(enough, cut(panels, into: 2))))
  }

  /// How many pieces of work keep a thread busy: two, and four where they are long, so that one whose core is taken from it
  /// for a while leaves less to wait for.
  private var piecesForThread: Int { shape.rows * shape.columns * shape.depth > 1 << 30 ? 4 : 2 }

  /// 258 rows, of which 256 steps are a quarter of a megabyte in Float, and 512 columns.
  private static var mostMicroPanels: Int { 43 }
  private static var mostPanels: Int { 32 }

  /// Packs some parts of the left matrix, one after the other, a few micro-panels on a thread.
  private func packLeft(_ parts: Range<Int>, into packed: UnsafeMutablePointer<Scalar>, on device: Device) {
    let start = depth(ofPart: parts.lowerBound).lowerBound
    device.threads.runInPieces(of: 4, count: partition.count) { microPanels in
      // Long rows are read to their end, and several short ones at once: memory gives what is contiguous more readily.
      let microPanelsAtOnce = left.isTransposed ? microPanels.count : 1
      for first in stride(from: microPanels.lowerBound, to: microPanels.upperBound, by: microPanelsAtOnce) {
        for index in parts {
          let part = depth(ofPart: index)
          packLeft(
            part, microPanels: first..<first + microPanelsAtOnce, into: packed + (part.lowerBound - start) * shape.rows)
        }
      }
    }
  }

  /// Packs some micro-panels; `packed` is where the first of all would start.
  private func packLeft(_ part: Range<Int>, microPanels: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    Scalar.run(
      LeftPacking(
        source: left.pointer + part.lowerBound * left.acrossStride, rowStride: left.downStride,
        depthStride: left.acrossStride, microPanels: microPanels, partition: partition, depth: part.count,
        packed: packed))
  }

  /// Adds some parts' products to a block of the result.
  private func multiply(
    _ parts: Range<Int>, microPanels: Range<Int>, panels: Range<Int>, sharedLeft: UnsafePointer<Scalar>?,
    into target: Target, on device: Device
  ) {
    let rows = partition.start(of: microPanels.lowerBound)..<partition.start(of: microPanels.upperBound)
    let columns = columns(of: panels)
    if target.bias != nil { prepareRows(rows, columns: columns, of: target) }
    let tileCount = MicroPanelPartition.maximumHeight * panelWidth
    let panelCount = panelWidth * longestPart
    let bandCount = sharedLeft == nil ? rows.count * longestPart : 0
    let firstStep = depth(ofPart: parts.lowerBound).lowerBound
    withScratch(of: Scalar.self, count: tileCount + panelCount + bandCount, on: device) { scratch in
      for index in parts {
        let part = depth(ofPart: index)
        // Where the first micro-panel of all would stand: the kernel counts from there.
        let band: UnsafePointer<Scalar>
        if let sharedLeft {
          band = sharedLeft + (part.lowerBound - firstStep) * shape.rows
        } else {
          let start = scratch + (tileCount + panelCount - rows.lowerBound * part.count)
          packLeft(part, microPanels: microPanels, into: start)
          band = UnsafePointer(start)
        }
        Scalar.run(
          PackingProduct(
            MicroPanelProduct(
              left: band, result: target.pointer + columns.lowerBound, resultStride: target.stride,
              partition: partition, depth: part.count,
              isAccumulating: target.isAccumulating || target.bias != nil || index > parts.lowerBound, scratch: scratch),
            right: rightStart(index, columns), depthStride: right.downStride, columnStride: right.acrossStride,
            panel: scratch + tileCount, microPanels: microPanels, columns: columns.count,
            nextRight: index + 1 < parts.upperBound ? rightStart(index + 1, columns) : nil))
      }
    }
  }

  /// Where a part of some columns of the right matrix begins.
  private func rightStart(_ part: Int, _ columns: Range<Int>) -> UnsafePointer<Scalar> {
    right.pointer + (depth(ofPart: part).lowerBound * right.downStride + columns.lowerBound * right.acrossStride)
  }

  private func columns(of panels: Range<Int>) -> Range<Int> {
    panels.lowerBound * panelWidth..<min(shape.columns, panels.upperBound * panelWidth)
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
