// This target is compiled with the flags for AVX2 and FMA, and only what is inlined here uses them. On other architectures
// it is an ordinary second instantiation that nobody calls.

import Kernels

#if arch(x86_64)
  import _Builtin_intrinsics.intel
#endif

/// Eight floats in a register of AVX2.
enum FloatArithmetic: LaneArithmetic {
  typealias Lanes = SIMD8<Float>

  @inline(__always)
  static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

  #if arch(x86_64)
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { _mm256_sqrt_ps(lanes) }

    @inline(__always)
    static func stream(_ lanes: Lanes, to destination: UnsafeMutablePointer<Float>) {
      _mm256_stream_ps(destination, lanes)
    }
  #else
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }

    @inline(__always)
    static func stream(_ lanes: Lanes, to destination: UnsafeMutablePointer<Float>) {
      UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
    }
  #endif
}

/// Four doubles in a register of AVX2.
enum DoubleArithmetic: LaneArithmetic {
  typealias Lanes = SIMD4<Double>

  @inline(__always)
  static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

  #if arch(x86_64)
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { _mm256_sqrt_pd(lanes) }

    @inline(__always)
    static func stream(_ lanes: Lanes, to destination: UnsafeMutablePointer<Double>) {
      _mm256_stream_pd(destination, lanes)
    }
  #else
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }

    @inline(__always)
    static func stream(_ lanes: Lanes, to destination: UnsafeMutablePointer<Double>) {
      UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
    }
  #endif
}
