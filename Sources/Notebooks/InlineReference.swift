import Diagnostics

/// `{{ CELL.METRIC }}` in prose: a measured value is shown there.
public struct InlineReference: Sendable, Equatable {
  /// How the value is written.
  public enum Format: Sendable, Equatable {
    /// As Python prints it.
    case shortest
    /// With so many digits after the point.
    case fixed(Int)
    /// As a percentage, with so many digits after the point.
    case percent(Int)
    /// With an exponent, and so many digits after the point.
    case scientific(Int)
  }

  /// The cell's id, as written.
  public var cell: String
  /// The metric's key, as written.
  public var metric: String
  /// How the value is written.
  public var format: Format
  /// Where it stands.
  public var range: SourceRange

  /// A reference to `metric` of `cell`.
  public init(cell: String, metric: String, format: Format, range: SourceRange) {
    self.cell = cell
    self.metric = metric
    self.format = format
    self.range = range
  }
}
