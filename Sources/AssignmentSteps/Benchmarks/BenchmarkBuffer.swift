import Tensors

/// Floats between -1 and 1 for a benchmark, in the memory that tensors have: aligned to cache lines, and to large pages where there is
/// much of it. Sendable because the works of a benchmark run one after the other.
final class BenchmarkBuffer: @unchecked Sendable {
  /// The numbers, valid as long as this object.
  let pointer: UnsafeMutablePointer<Float>

  private let storage: PooledBytes

  init(count: Int) {
    var start: UnsafeMutablePointer<Float>?
    storage = PooledBytes(count: count * MemoryLayout<Float>.stride) { bytes in
      start = UnsafeMutableRawPointer(bytes).bindMemory(to: Float.self, capacity: count)
    }
    guard let start else { fatalError("a benchmark's buffer has no memory") }
    pointer = start
    var state: UInt32 = 2_463_534_242
    for index in 0..<count {
      // Marsaglia, "Xorshift RNGs", 2003.
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      pointer[index] = Float(Int32(bitPattern: state)) / 2_147_483_648
    }
  }
}
