import Testing

@testable import NbrunKernels

@Suite("Prefetching", .serialized)
struct PrefetchingTests {
  /// Notes what is asked for instead of asking.
  private struct Noting: LaneVector {
    nonisolated(unsafe) static var addresses: [Int] = []
    var lanes: SIMD8<Float>

    static func prefetch(_ address: UnsafeRawPointer) { addresses.append(Int(bitPattern: address)) }
    mutating func addProduct(_ a: Self, _ b: Self) { lanes += a.lanes * b.lanes }
    func squareRoot() -> Self { Self(lanes: lanes.squareRoot()) }
  }

  @Test(
    "asks for every line of every row once, as many in each turn",
    arguments: [(1, 64, 64, 1), (5, 200, 2000, 3), (7, 512, 2000, 56), (3, 10, 50, 9), (256, 512, 2000, 2304)],
    [0, 12])
  func asksForEachLineOnce(_ block: (rows: Int, rowBytes: Int, rowStride: Int, turns: Int), misalignment: Int) {
    let start = 1 << 20 + misalignment
    let lines = (0..<block.rows).flatMap { row in
      let first = start + row * block.rowStride
      return (first / 64...(first + block.rowBytes - 1) / 64).map { $0 * 64 }
    }
    Noting.addresses = []
    var prefetching = Prefetching(
      UnsafeRawPointer(bitPattern: start)!, rows: block.rows, rowBytes: block.rowBytes, rowStride: block.rowStride,
      turns: block.turns)
    var most = 0
    for _ in 0..<block.turns {
      let before = Noting.addresses.count
      prefetching.askForMore(Noting.self)
      most = max(most, Noting.addresses.count - before)
    }
    #expect(Noting.addresses == lines)
    // What begins within a line may reach into one more.
    #expect(most <= (lines.count + block.rows + block.turns - 1) / block.turns)
  }

  @Test("of nothing asks for nothing")
  func asksForNothing() {
    Noting.addresses = []
    var prefetching = Prefetching()
    for _ in 0..<3 { prefetching.askForMore(Noting.self) }
    #expect(Noting.addresses.isEmpty)
  }

  @Test(
    "while panels are multiplied, asks for those that come next, for the next matrix's first ones, and for nothing else",
    arguments: [(7, 60, 24, true), (7, 60, 24, false), (80, 40, 16, true), (300, 33, 17, true), (300, 33, 17, false)])
  func asksForTheNextPanels(_ product: (rows: Int, columns: Int, depth: Int, isInRows: Bool)) {
    let (rows, columns, depth) = (product.rows, product.columns, product.depth)
    let partition = MicroPanelPartition(rows: rows)
    let matrix = [Float](repeating: 1, count: depth * columns)
    let left = [Float](repeating: 1, count: rows * depth)
    var panel = [Float](repeating: 0, count: 16 * depth)
    var scratch = [Float](repeating: 0, count: 96)
    var result = [Float](repeating: 0, count: rows * columns)
    let (depthStride, columnStride) = product.isInRows ? (columns, 1) : (1, depth)
    matrix.withUnsafeBufferPointer { right in
      let next = UnsafePointer<Float>(bitPattern: 1 << 30)!
      Noting.addresses = []
      let kernel = PackingProduct(
        MicroPanelProduct(
          left: left, result: &result, resultStride: columns, partition: partition, depth: depth, isAccumulating: false,
          scratch: &scratch),
        right: right.baseAddress!, depthStride: depthStride, columnStride: columnStride, panel: &panel,
        microPanels: 0..<partition.count, columns: columns, nextRight: next)
      kernel.run(with: Noting.self)
      // What it asks for first comes after these.
      let first = 16 * kernel.panelsAtOnce
      let asked = Set(Noting.addresses)
      func lines(_ start: UnsafePointer<Float>, _ range: Range<Int>) -> Set<Int> {
        var lines = Set<Int>()
        for column in range {
          for step in 0..<depth {
            let address = Int(bitPattern: start + (step * depthStride + column * columnStride))
            lines.insert(address / 64 * 64)
          }
        }
        return lines
      }
      let later = first < columns ? lines(right.baseAddress!, first..<columns) : []
      #expect(asked == later.union(lines(next, 0..<min(first, columns))))
    }
    #expect(result.allSatisfy { $0 == Float(depth) })
  }

  @Test("while an image's tiles are multiplied, asks for all outputs but those that come too soon")
  func asksForOutputs() {
    // Two micro-panels of eight filters meet eight vectors of eight tiles, each a row of tiles: eight rows of outputs a pair.
    let (side, filters, channels) = (32, 16, 3)
    let tiles = [Float](repeating: 0, count: 64 * 36 * channels)
    let factors = [Float](repeating: 0, count: filters * 36 * channels)
    let places = (0..<64).map { WinogradTile(offset: $0 / 8 * 4 * side + $0 % 8 * 4, height: 4, width: 4) }
    let bias = (0..<filters).map { Float($0) }
    var scratch = [Float](repeating: .nan, count: 64 * 8)
    let plane = side * side
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * filters * plane, alignment: 64)
      .bindMemory(to: Float.self)
    defer { output.deallocate() }
    Noting.addresses = []
    scratch.withUnsafeMutableBufferPointer { scratch in
      let outputs = WinogradTileOutputs(
        bias: bias, isRectified: false, output: output.baseAddress!, tileCount: 64, tiles: places, filterStride: plane,
        rowLength: side, scratch: scratch.baseAddress!)
      WinogradImageProduct(
        tiles: tiles, pairs: 4, channels: channels, filters: factors,
        partition: MicroPanelPartition(rows: filters, height: 8), microPanels: 0..<2, outputs: outputs,
        scratch: scratch.baseAddress! + 16 * 8
      ).run(with: Noting.self)
    }
    let asked = Set(Noting.addresses)
    for filter in 0..<filters {
      for line in 0..<plane / 16 {
        let place = output.baseAddress! + (filter * plane + line * 16)
        let isTooSoon = filter < 2 && line < 16
        #expect(asked.contains(Int(bitPattern: place)) == !isTooSoon, "filter \(filter), line \(line)")
      }
    }
    // The products are zero, and what each output starts from is the bias.
    #expect((0..<filters * plane).allSatisfy { output[$0] == bias[$0 / plane] })
  }
}
