import RandomNumbers
import Tensors

/// Floats between -1 and 1 for a benchmark, in memory that lives as long as the work that holds it.
final class BenchmarkBuffer: @unchecked Sendable {
  /// The numbers.
  let pointer: UnsafeMutablePointer<Float>

  init(count: Int) {
    pointer = .allocate(capacity: count)
    var state: UInt32 = 2_463_534_242
    for index in 0..<count {
      // Marsaglia, "Xorshift RNGs", 2003.
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      pointer[index] = Float(Int32(bitPattern: state)) / 2_147_483_648
    }
  }

  deinit { pointer.deallocate() }
}
