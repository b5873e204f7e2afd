import NbrunDiagnostics
import NbrunSteps

/// What a notebook claims of a metric: `expect: METRIC OP NUMBER` or `expect: METRIC OP CELL.METRIC`.
package struct Claim: Sendable, Equatable {
  /// A number on the right-hand side.
  package enum Bound: Sendable, Equatable {
    case number(Double)
    case metric(CellID, MetricKey)

    /// The cell whose metric it is; nil for a number.
    package var cell: CellID? {
      if case .metric(let cell, _) = self { cell } else { nil }
    }
  }

  /// The metric of the cell that the claim stands in.
  package var metric: MetricKey
  /// How the two sides are compared.
  package var comparison: ClaimOperator
  /// What the metric is compared with: as many as the operator takes.
  package var bounds: [Bound]
  /// How far the sides of `=` may be apart, absolutely.
  package var tolerance: Double
  /// The claim as the notebook writes it, with single spaces.
  package var text: String
  /// Where it stands in the notebook.
  package var range: SourceRange

  /// Whether `measured` keeps the claim against `bounds`. NaN on either side breaks every claim.
  package func holds(_ measured: Double, against bounds: [Double]) -> Bool {
    comparison.holds(measured, bounds, tolerance)
  }
}
