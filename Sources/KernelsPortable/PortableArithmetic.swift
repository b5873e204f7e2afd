// This target has no CPU flags: its kernels run on every CPU of the architecture.

import CPrefetch
import Kernels

#if arch(x86_64)
  import _Builtin_intrinsics.intel.sse2
#endif

/// Eight floats, in two registers.
enum FloatArithmetic: LaneArithmetic {
  typealias Lanes = SIMD8<Float>

  @inline(__always)
  static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }

  #if arch(x86_64)
    // Without the flags for FMA, `addProduct` would call a library function for each number.
    @inline(__always)
    static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c += a * b }

    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes {
      Lanes(lowHalf: _mm_sqrt_ps(lanes.lowHalf), highHalf: _mm_sqrt_ps(lanes.highHalf))
    }
  #else
    @inline(__always)
    static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }
  #endif
}

/// Four doubles, in two registers.
enum DoubleArithmetic: LaneArithmetic {
  typealias Lanes = SIMD4<Double>

  @inline(__always)
  static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }

  #if arch(x86_64)
    @inline(__always)
    static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c += a * b }

    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes {
      Lanes(lowHalf: _mm_sqrt_pd(lanes.lowHalf), highHalf: _mm_sqrt_pd(lanes.highHalf))
    }
  #else
    @inline(__always)
    static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }
  #endif
}
