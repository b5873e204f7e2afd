/// One plot of a figure: series over the figure's horizontal axis and the panel's own vertical one.
public struct Panel: Codable, Sendable, Equatable {
  /// The vertical axis.
  public var yAxis: Axis
  /// The series, in the order in which they take their colours.
  public var series: [Series]
  /// Horizontal lines across the panel.
  public var lines: [ReferenceLine]

  /// A panel of series, with horizontal lines where wanted.
  public init(yAxis: Axis, series: [Series], lines: [ReferenceLine] = []) {
    self.yAxis = yAxis
    self.series = series
    self.lines = lines
  }
}

/// A horizontal line across a panel: a claim's limit, a published figure, chance.
public struct ReferenceLine: Codable, Sendable, Equatable {
  /// Where it crosses the vertical axis.
  public var value: Double
  /// What it stands for.
  public var label: String

  /// A line at `value`, with its label beside it.
  public init(_ value: Double, label: String) {
    self.value = value
    self.label = label
  }

  /// Whether both are the same line, NaN equal to NaN.
  public static func == (left: ReferenceLine, right: ReferenceLine) -> Bool {
    isSame(left.value, right.value) && left.label == right.label
  }

  private enum CodingKeys: CodingKey { case value, label }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    value = try container.decode(CodedNumber.self, forKey: .value).value
    label = try container.decode(String.self, forKey: .label)
  }

  /// Writes the line; a value that is not finite is written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(CodedNumber(value), forKey: .value)
    try container.encode(label, forKey: .label)
  }
}
