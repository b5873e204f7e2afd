// Minimal filtering along rows, F(4, 4): four neighbouring outputs of a filter of four factors take seven products instead
// of sixteen. A wider filter is cut into segments of four factors, whose products are added before they are transformed
// back: the tile that a segment meets is one of the row's tiles, so all segments share the images' transform.
//
// The places are those of F(4, 3) (0, ±1, ±2, ∞; see `WinogradTransforms`) and ½. With the matrices of F(4, 3) on the right,
//
//   Bᵀ d at 0, ±1, ±2, ∞ = Bᵀ₃ e with e[j] = d[j + 1] − ½ d[j];   at ½: the last row of Bᵀ₃ d
//   Aᵀ m                 = Aᵀ₃ m + m[½] · (1, ½, ¼, ⅛)
//   G g                  = the values of g₀ + g₁x + g₂x² + g₃x³ at the places, each divided by its place's product of
//                          differences: −½, −⅓, 1/9, 1/36, −1/60; at ½: 32/45; at ∞: g₃
//
// In float32 the rounding errors are two to three times those of the direct method.
// Source: Winograd, "Arithmetic Complexity of Computations", 1980; Lavin and Gray, 2016.

/// A tile on its way through one of the matrices.
@usableFromInline
typealias Seven<Vector> = (first: Six<Vector>, half: Vector)

extension KernelVector {
  /// Bᵀ d for seven neighbouring numbers of a row.
  @inlinable @inline(__always)
  static func rowInputTransform(_ d: Six<Self>, _ last: Self) -> Seven<Self> {
    let half = Self(repeating: 0.5)
    let e = (
      d.1 - half * d.0, d.2 - half * d.1, d.3 - half * d.2, d.4 - half * d.3, d.5 - half * d.4, last - half * d.5
    )
    return (inputTransform(e), Self(repeating: 4) * d.1 - Self(repeating: 5) * d.3 + d.5)
  }

  /// Aᵀ m: four outputs.
  @inlinable @inline(__always)
  static func rowOutputTransform(_ m: Seven<Self>) -> Four<Self> {
    let y = outputTransform(m.first)
    return (
      y.0 + m.half, y.1 + Self(repeating: 0.5) * m.half, y.2 + Self(repeating: 0.25) * m.half,
      y.3 + Self(repeating: 0.125) * m.half
    )
  }

  /// A y, the transpose of the output's transform: for its gradient.
  @inlinable @inline(__always)
  static func rowGradientTransform(_ y: Four<Self>) -> Seven<Self> {
    let half = y.0 + Self(repeating: 0.5) * y.1 + (Self(repeating: 0.25) * y.2 + Self(repeating: 0.125) * y.3)
    return (gradientTransform(y), half)
  }

  /// Seven vectors, `stride` apart.
  @inlinable @inline(__always)
  static func seven(_ source: UnsafePointer<Scalar>, stride: Int) -> Seven<Self> {
    (six(source, stride: stride), Self(loading: source + 6 * stride))
  }

  /// Writes seven vectors, `stride` apart.
  @inlinable @inline(__always)
  static func store(_ seven: Seven<Self>, to target: UnsafeMutablePointer<Scalar>, stride: Int) {
    store(seven.first, to: target, stride: stride)
    seven.half.store(to: target + 6 * stride)
  }
}

/// The filters' side, number by number: filters are few.
public enum RowWinogradFilters {
  /// How many factors a segment of a filter's row has.
  public static var segmentLength: Int { 4 }
  /// How many parts a transformed tile has.
  public static var parts: Int { 7 }
  /// The part whose place is 1: transformed gradients there are the sums of their tiles.
  public static var partOfSums: Int { 1 }

  /// For each part, its place's powers over its product of differences.
  public static var matrix: [[Double]] {
    let rows: [(place: Double, factor: Double)] = [
      (0, -1.0 / 2), (1, -1.0 / 3), (-1, 1.0 / 9), (2, 1.0 / 36), (-2, -1.0 / 60),
    ]
    func powers(_ row: (place: Double, factor: Double)) -> [Double] {
      [1, row.place, row.place * row.place, row.place * row.place * row.place].map { $0 * row.factor }
    }
    return rows.map(powers) + [[0, 0, 0, 1], powers((1.0 / 2, 32.0 / 45))]
  }
}
