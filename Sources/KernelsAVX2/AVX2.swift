// This target is compiled with the flags for AVX2 and FMA, and only what is inlined here uses them.

import NbrunKernels
import NbrunVectorFunctions
import _Builtin_intrinsics.intel

/// x86-64 with AVX2 and fused multiply-add: vectors of 32 bytes.
enum AVX2: KernelVariant {
  /// Eight floats in a register.
  typealias FloatVector = Floats<SIMD8<Float>>
  /// Four doubles in a register.
  typealias DoubleVector = Doubles<SIMD4<Double>>
}

typealias Variant = AVX2

/// Floats. A generic type has no functions for copying that the linker could take for plain code's of the same size.
struct Floats<Lanes> {
  var lanes: Lanes
}

struct Doubles<Lanes> {
  var lanes: Lanes
}

extension Floats: NumberVector, KernelVector, LaneVector where Lanes == SIMD8<Float> {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }
  @inline(__always) func squareRoot() -> Self { Self(lanes: _mm256_sqrt_ps(lanes)) }
}

extension Doubles: NumberVector, KernelVector, LaneVector where Lanes == SIMD4<Double> {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }
  @inline(__always) func squareRoot() -> Self { Self(lanes: _mm256_sqrt_pd(lanes)) }
}

extension Floats where Lanes == SIMD8<Float> {
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
      store(columns, to: target + 32 * half, stride: 8)
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
      store(columns, to: target + 4 * half * stride, stride: stride)
    }
  }

  @inline(__always)
  static func storeTransposed(
    _ first: Self, _ second: Self, _ third: Self, _ fourth: Self, to target: UnsafeMutablePointer<Float>
  ) {
    let quads = transposed(first.lanes, second.lanes, third.lanes, fourth.lanes)
    storeHalves(quads.0, to: target)
    storeHalves(quads.1, to: target + 4)
    storeHalves(quads.2, to: target + 8)
    storeHalves(quads.3, to: target + 12)
  }

  /// Transposes the four vectors' left halves, and their right halves, as matrices of 4×4.
  @inline(__always)
  private static func transposed(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> (Lanes, Lanes, Lanes, Lanes) {
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
  @inline(__always) private static func pair(_ source: UnsafePointer<Float>, _ low: Int, _ high: Int) -> Lanes {
    Lanes(
      lowHalf: UnsafeRawPointer(source + low).loadUnaligned(as: SIMD4<Float>.self),
      highHalf: UnsafeRawPointer(source + high).loadUnaligned(as: SIMD4<Float>.self))
  }

  /// Writes four vectors, `stride` numbers apart.
  @inline(__always)
  private static func store(_ rows: (Lanes, Lanes, Lanes, Lanes), to target: UnsafeMutablePointer<Float>, stride: Int) {
    Self(lanes: rows.0).store(to: target)
    Self(lanes: rows.1).store(to: target + stride)
    Self(lanes: rows.2).store(to: target + 2 * stride)
    Self(lanes: rows.3).store(to: target + 3 * stride)
  }

  /// Writes the left half to `target` and the right half sixteen numbers on.
  @inline(__always) private static func storeHalves(_ lanes: Lanes, to target: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(target).storeBytes(of: lanes.lowHalf, as: SIMD4<Float>.self)
    UnsafeMutableRawPointer(target + 16).storeBytes(of: lanes.highHalf, as: SIMD4<Float>.self)
  }
}
