import Foundation

/// How values of an axis become positions.
struct Projection {
  private let scale: Axis.Scale
  private let low: Double
  private let high: Double
  private let start: Double
  private let end: Double

  /// Puts `domain` between the positions `start` and `end`, which may descend.
  init(axis: Axis, domain: ClosedRange<Double>, from start: Double, to end: Double) {
    scale = axis.scale
    low = domain.lowerBound
    high = domain.upperBound
    self.start = start
    self.end = end
  }

  /// The position of a value that the axis can show. One outside of the domain stands at its edge.
  func position(_ value: Double) -> Double {
    let fraction =
      switch scale {
      // Halved first: the span of the largest numbers overflows.
      case .linear: (value / 2 - low / 2) / (high / 2 - low / 2)
      case .log: (log10(value) - log10(low)) / (log10(high) - log10(low))
      }
    // A domain too narrow to be divided has one place only.
    return start + (fraction.isFinite ? min(max(fraction, 0), 1) : 0) * (end - start)
  }
}
