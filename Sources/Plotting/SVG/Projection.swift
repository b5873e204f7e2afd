import NbrunPlatform

/// How values of an axis become positions.
struct Projection {
  let axis: Axis
  let domain: ClosedRange<Double>
  /// Between what positions the domain lies; they may descend.
  let start: Double
  let end: Double

  /// The position of a value that the axis can show. One outside of the domain stands at its edge.
  func position(_ value: Double) -> Double {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    let fraction =
      switch axis.scale {
      // Halved first: the span of the largest numbers overflows.
      case .linear: (value / 2 - low / 2) / (high / 2 - low / 2)
      case .log: (log10(value) - log10(low)) / (log10(high) - log10(low))
      }
    // A domain too narrow to be divided has one place only.
    return start + (fraction.isFinite ? min(max(fraction, 0), 1) : 0) * (end - start)
  }
}
