// This target is compiled with the flags for AVX2 and FMA, and only what is inlined here uses them. On other architectures
// it is an ordinary second instantiation that nobody calls.

import NbrunPrefetch
import NbrunKernels

#if arch(x86_64)
  import _Builtin_intrinsics.intel
#endif

/// x86-64 with AVX2 and fused multiply-add: vectors of 32 bytes.
enum AVX2: KernelVariant {
  /// Eight floats in a register.
  typealias FloatVector = Floats<SIMD8<Float>>
  /// Four doubles in a register.
  typealias DoubleVector = Doubles<SIMD4<Double>>
}

/// Floats. A generic type has no functions for copying that the linker could take for plain code's of the same size.
struct Floats<Lanes> {
  var lanes: Lanes
}

/// Doubles.
struct Doubles<Lanes> {
  var lanes: Lanes
}

/// Runs a kernel. A line for each kind that a program runs makes it a concrete function over pointers, sizes and vectors; one
/// that has none would run unspecialised, hundreds of times slower. Minimal filtering and the machine's peak are for `Float` alone.
@specialized(where K == PanelProduct<Float>)
@specialized(where K == PackingProduct<Float>) @specialized(where K == PackingProduct<Double>)
@specialized(where K == LeftPacking<Float>) @specialized(where K == LeftPacking<Double>)
@specialized(where K == PolyphaseFilling<Float>) @specialized(where K == PolyphaseFilling<Double>)
@specialized(where K == ImageProduct<Float>) @specialized(where K == ImageProduct<Double>)
@specialized(where K == FilterGradient<Float>) @specialized(where K == FilterGradient<Double>)
@specialized(where K == ImageInterleaving<Float>) @specialized(where K == ImageInterleaving<Double>)
@specialized(where K == ArgmaxGradient<Float>) @specialized(where K == ArgmaxGradient<Double>)
@specialized(where K == LaneSums<Float>) @specialized(where K == LaneSums<Double>)
@specialized(where K == MaxPooling<Float>) @specialized(where K == MaxPooling<Double>)
@specialized(where K == MaxPoolingGradient<Float>) @specialized(where K == MaxPoolingGradient<Double>)
@specialized(where K == GradientStep<Float>) @specialized(where K == GradientStep<Double>)
@specialized(where K == MomentumStep<Float>) @specialized(where K == MomentumStep<Double>)
@specialized(where K == RMSPropStep<Float>) @specialized(where K == RMSPropStep<Double>)
@specialized(where K == AdamStep<Float>) @specialized(where K == AdamStep<Double>)
@specialized(where K == Rectification<Float>) @specialized(where K == Rectification<Double>)
@specialized(where K == RectificationGradient<Float>) @specialized(where K == RectificationGradient<Double>)
@specialized(where K == RowSums<Float>) @specialized(where K == RowSums<Double>)
@specialized(where K == PlaneSums<Float>) @specialized(where K == PlaneSums<Double>)
@specialized(where K == SquareSum<Float>) @specialized(where K == SquareSum<Double>)
@specialized(where K == ChannelStatistics<Float>) @specialized(where K == ChannelStatistics<Double>)
@specialized(where K == ChannelNormalisation<Float>) @specialized(where K == ChannelNormalisation<Double>)
@specialized(where K == ChannelGradientSums<Float>) @specialized(where K == ChannelGradientSums<Double>)
@specialized(where K == ChannelGradient<Float>) @specialized(where K == ChannelGradient<Double>)
@specialized(where K == ArithmeticPeak<Float>)
@specialized(where K == WinogradRange<Float>)
@specialized(where K == WinogradInput<Float>)
@specialized(where K == WinogradImageProduct<Float>)
@specialized(where K == WinogradOutput<Float>)
@specialized(where K == WinogradFilters<Float>)
@specialized(where K == WinogradGradient<Float>)
@specialized(where K == WinogradFilterResult<Float>)
package func run<K: Kernel>(_ kernel: K) { K.Scalar.run(kernel, in: AVX2.self) }

/// How many numbers the kernels treat at once.
package func vectorWidth<Scalar: KernelScalar>(of _: Scalar.Type) -> Int { Scalar.vectorWidth(in: AVX2.self) }

extension Floats: NumberVector, KernelVector, LaneVector where Lanes == SIMD8<Float> {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }

  #if arch(x86_64)
    @inline(__always) func squareRoot() -> Self { Self(lanes: _mm256_sqrt_ps(lanes)) }
  #else
    @inline(__always) func squareRoot() -> Self { Self(lanes: lanes.squareRoot()) }
  #endif
}

extension Doubles: NumberVector, KernelVector, LaneVector where Lanes == SIMD4<Double> {
  @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { nbrun_prefetch(address) }
  @inline(__always) mutating func addProduct(_ a: Self, _ b: Self) { lanes.addProduct(a.lanes, b.lanes) }

  #if arch(x86_64)
    @inline(__always) func squareRoot() -> Self { Self(lanes: _mm256_sqrt_pd(lanes)) }
  #else
    @inline(__always) func squareRoot() -> Self { Self(lanes: lanes.squareRoot()) }
  #endif
}

#if arch(x86_64)
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
    private static func store(_ rows: (Lanes, Lanes, Lanes, Lanes), to target: UnsafeMutablePointer<Float>, stride: Int)
    {
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
#endif
