import NbrunDiagnostics
import NbrunSteps

/// What a notebook claims of a metric: `expect: METRIC OP NUMBER` or `expect: METRIC OP CELL.METRIC`.
package struct Claim: Sendable, Equatable, Codable {
  /// How the two sides are compared.
  package enum Comparison: String, Sendable, Codable {
    case less = "<"
    /// Less or equal.
    case atMost = "<="
    case greater = ">"
    /// Greater or equal.
    case atLeast = ">="
    /// Equal, within the claim's tolerance.
    case equal = "="
  }

  /// The right-hand side.
  package enum Bound: Sendable, Equatable, Codable {
    case number(Double)
    /// A metric of a cell.
    case metric(CellID, MetricKey)
  }

  /// The metric of the cell that the claim stands in.
  package var metric: MetricKey
  /// How the two sides are compared.
  package var comparison: Comparison
  /// What the metric is compared with.
  package var bound: Bound
  /// How far the sides of `=` may be apart, absolutely.
  package var tolerance: Double
  /// The claim as the notebook writes it, with single spaces.
  package var text: String
  /// Where it stands in the notebook.
  package var range: SourceRange

  /// Whether `measured` keeps the claim against `bound`. NaN on either side breaks every claim.
  package func holds(_ measured: Double, against bound: Double) -> Bool {
    switch comparison {
    case .less: measured < bound
    case .atMost: measured <= bound
    case .greater: measured > bound
    case .atLeast: measured >= bound
    case .equal: measured == bound || abs(measured - bound) <= tolerance
    }
  }
}
