// The vectors of 64-bit ARM. This target has no CPU flags: every CPU of the architecture has them.

import NbrunKernels
import NbrunVectorFunctions

/// 64-bit ARM: vectors of 32 bytes, in two of the 32 registers.
enum NEON: KernelVariant {
  /// Eight floats.
  struct FloatVector: LaneVector {
    var lanes: SIMD8<Float>

    @inline(__always) func squareRoot() -> Self {
      Self(lanes: Lanes(lowHalf: nbrun_square_root_4f(lanes.lowHalf), highHalf: nbrun_square_root_4f(lanes.highHalf)))
    }
  }

  /// Four doubles.
  struct DoubleVector: LaneVector {
    var lanes: SIMD4<Double>

    @inline(__always) func squareRoot() -> Self {
      Self(lanes: Lanes(lowHalf: nbrun_square_root_2d(lanes.lowHalf), highHalf: nbrun_square_root_2d(lanes.highHalf)))
    }
  }
}

typealias Variant = NEON

extension NEON.FloatVector {
  /// Four rows of three sums, with what they are made of, would need 33 registers.
  @inline(__always) static var filterRowsAtOnce: Int { 3 }
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }
}

extension NEON.DoubleVector {
  @inline(__always) static var filterRowsAtOnce: Int { 3 }
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }
}
