// This target has no CPU flags: its kernels run on every CPU of the architecture.

import NbrunKernels
import NbrunVectorFunctions

/// Any CPU of the architecture: vectors of 32 bytes, in as many registers as it takes.
enum Portable: KernelVariant {
  /// Eight floats, in two registers.
  struct FloatVector: LaneVector {
    var lanes: SIMD8<Float>
  }

  /// Four doubles, in two registers.
  struct DoubleVector: LaneVector {
    var lanes: SIMD4<Double>
  }
}

typealias Variant = Portable

extension Portable.FloatVector {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  // Without the flags for FMA, `lanes.addProduct` would call a library function for each number.
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes += a.lanes * b.lanes }

  @inline(__always) func squareRoot() -> Self {
    Self(lanes: Lanes(lowHalf: nbrun_square_root_4f(lanes.lowHalf), highHalf: nbrun_square_root_4f(lanes.highHalf)))
  }
}

extension Portable.DoubleVector {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes += a.lanes * b.lanes }

  @inline(__always) func squareRoot() -> Self {
    Self(lanes: Lanes(lowHalf: nbrun_square_root_2d(lanes.lowHalf), highHalf: nbrun_square_root_2d(lanes.highHalf)))
  }
}
