import Testing

@testable import Kernels

@Suite("Prefetching", .serialized)
struct PrefetchingTests {
  /// Notes what is asked for instead of asking.
  private enum Noting: LaneArithmetic {
    typealias Lanes = SIMD8<Float>
    nonisolated(unsafe) static var addresses: [Int] = []

    static func prefetch(_ address: UnsafeRawPointer) { addresses.append(Int(bitPattern: address)) }
    static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c += a * b }
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }
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
      prefetching.askForMore(LaneVector<Noting>.self)
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
    for _ in 0..<3 { prefetching.askForMore(LaneVector<Noting>.self) }
    #expect(Noting.addresses.isEmpty)
  }
}
