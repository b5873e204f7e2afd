// This target is compiled with the flags for AVX2 and FMA, and only what is inlined here uses them. On other architectures
// it is an ordinary second instantiation that nobody calls.

import CPrefetch
import Kernels

#if arch(x86_64)
  import _Builtin_intrinsics.intel
#endif

/// Eight floats in a register of AVX2.
enum FloatArithmetic: LaneArithmetic {
  typealias Lanes = SIMD8<Float>

  @inline(__always)
  static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }

  @inline(__always)
  static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

  #if arch(x86_64)
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { _mm256_sqrt_ps(lanes) }
  #else
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }
  #endif
}

#if arch(x86_64)
  extension FloatArithmetic {
    /// Left halves of eight rows of eight numbers make columns 0 to 3, right halves columns 4 to 7: rows i and i + 4 share
    /// a register, whose halves are transposed side by side.
    @inline(__always)
    static func loadTransposed(
      _ source: UnsafePointer<Float>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Float>
    ) {
      for half in 0..<2 {
        let place = source + 4 * half
        let columns = transposed(
          pair(place, offsets[0], offsets[4]), pair(place, offsets[1], offsets[5]),
          pair(place, offsets[2], offsets[6]), pair(place, offsets[3], offsets[7]))
        store(columns.0, to: target + 32 * half)
        store(columns.1, to: target + 32 * half + 8)
        store(columns.2, to: target + 32 * half + 16)
        store(columns.3, to: target + 32 * half + 24)
      }
    }

    /// The same for rows that are equally far apart.
    @inline(__always)
    static func loadTransposed(
      _ source: UnsafePointer<Float>, rowStride: Int, to target: UnsafeMutablePointer<Float>, stride: Int
    ) {
      for half in 0..<2 {
        let place = source + 4 * half
        let columns = transposed(
          pair(place, 0, 4 * rowStride), pair(place, rowStride, 5 * rowStride),
          pair(place, 2 * rowStride, 6 * rowStride), pair(place, 3 * rowStride, 7 * rowStride))
        let out = target + 4 * half * stride
        store(columns.0, to: out)
        store(columns.1, to: out + stride)
        store(columns.2, to: out + 2 * stride)
        store(columns.3, to: out + 3 * stride)
      }
    }

    @inline(__always)
    static func storeTransposed(
      _ first: Lanes, _ second: Lanes, _ third: Lanes, _ fourth: Lanes, to target: UnsafeMutablePointer<Float>
    ) {
      let quads = transposed(first, second, third, fourth)
      storeHalves(quads.0, to: target)
      storeHalves(quads.1, to: target + 4)
      storeHalves(quads.2, to: target + 8)
      storeHalves(quads.3, to: target + 12)
    }

    /// Transposes the four vectors' left halves, and their right halves, as matrices of 4×4.
    @inline(__always)
    private static func transposed(
      _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes
    ) -> (Lanes, Lanes, Lanes, Lanes) {
      let lowAB = unsafeBitCast(_mm256_unpacklo_ps(a, b), to: SIMD4<Double>.self)
      let highAB = unsafeBitCast(_mm256_unpackhi_ps(a, b), to: SIMD4<Double>.self)
      let lowCD = unsafeBitCast(_mm256_unpacklo_ps(c, d), to: SIMD4<Double>.self)
      let highCD = unsafeBitCast(_mm256_unpackhi_ps(c, d), to: SIMD4<Double>.self)
      return (
        unsafeBitCast(_mm256_unpacklo_pd(lowAB, lowCD), to: Lanes.self),
        unsafeBitCast(_mm256_unpackhi_pd(lowAB, lowCD), to: Lanes.self),
        unsafeBitCast(_mm256_unpacklo_pd(highAB, highCD), to: Lanes.self),
        unsafeBitCast(_mm256_unpackhi_pd(highAB, highCD), to: Lanes.self)
      )
    }

    /// Four numbers of one row and four of another.
    @inline(__always)
    private static func pair(_ source: UnsafePointer<Float>, _ low: Int, _ high: Int) -> Lanes {
      Lanes(
        lowHalf: UnsafeRawPointer(source + low).loadUnaligned(as: SIMD4<Float>.self),
        highHalf: UnsafeRawPointer(source + high).loadUnaligned(as: SIMD4<Float>.self))
    }

    @inline(__always)
    private static func store(_ lanes: Lanes, to target: UnsafeMutablePointer<Float>) {
      UnsafeMutableRawPointer(target).storeBytes(of: lanes, as: Lanes.self)
    }

    /// Writes the left half to `target` and the right half sixteen numbers on.
    @inline(__always)
    private static func storeHalves(_ lanes: Lanes, to target: UnsafeMutablePointer<Float>) {
      UnsafeMutableRawPointer(target).storeBytes(of: lanes.lowHalf, as: SIMD4<Float>.self)
      UnsafeMutableRawPointer(target + 16).storeBytes(of: lanes.highHalf, as: SIMD4<Float>.self)
    }
  }
#endif

/// Four doubles in a register of AVX2.
enum DoubleArithmetic: LaneArithmetic {
  typealias Lanes = SIMD4<Double>

  @inline(__always)
  static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }

  @inline(__always)
  static func addProduct(_ a: Lanes, _ b: Lanes, to c: inout Lanes) { c.addProduct(a, b) }

  #if arch(x86_64)
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { _mm256_sqrt_pd(lanes) }
  #else
    @inline(__always)
    static func squareRoot(_ lanes: Lanes) -> Lanes { lanes.squareRoot() }
  #endif
}
