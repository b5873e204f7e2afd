extension MetricValue {
  /// The number as a reader sees it.
  public func text(_ format: NumberFormat = .shortest) -> String {
    switch (self, format) {
    case (.integer(let value), .shortest): String(value)
    case (.double(let value), .shortest): pythonRepresentation(of: value)
    case (.float(let value), .shortest): pythonRepresentation(of: value)
    case (_, .fixed(let digits)): pythonFixed(double, decimals: digits)
    case (_, .percent(let digits)): pythonPercent(double, decimals: digits)
    case (_, .scientific(let digits)): pythonScientific(double, decimals: digits)
    }
  }
}
