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
    "asks for every line of every row once, in its turns",
    arguments: [(1, 64, 1), (5, 200, 3), (7, 512, 56), (3, 10, 9)])
  func asksForEachLineOnce(rows: Int, rowBytes: Int, turns: Int) {
    let (start, rowStride) = (1 << 20, 2000)
    Noting.addresses = []
    var prefetching = Prefetching(
      UnsafeRawPointer(bitPattern: start), rows: rows, rowBytes: rowBytes, rowStride: rowStride, turns: turns)
    for _ in 0..<turns { prefetching.askForMore(LaneVector<Noting>.self) }
    let lines = (0..<rows).flatMap { row in
      stride(from: 0, to: rowBytes, by: 64).map { start + row * rowStride + $0 }
    }
    #expect(Noting.addresses == lines)
  }

  @Test("of nothing asks for nothing")
  func asksForNothing() {
    Noting.addresses = []
    var prefetching = Prefetching()
    for _ in 0..<3 { prefetching.askForMore(LaneVector<Noting>.self) }
    #expect(Noting.addresses.isEmpty)
  }
}
