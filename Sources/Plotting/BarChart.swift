/// Bars in groups: for each group one bar of each series, such as the times of two implementations of several layers.
public struct BarChart: Codable, Sendable, Equatable {
  /// What the bars measure.
  public var axis: Axis
  /// The groups' names, from top to bottom.
  public var groups: [String]
  /// The series, one bar each in every group.
  public var series: [BarSeries]

  /// Bars of each series in each group.
  ///
  /// Traps when a series has not one value for each group.
  public init(axis: Axis, groups: [String], series: [BarSeries]) {
    for series in series {
      precondition(
        series.values.count == groups.count,
        "bar series '\(series.name)' has \(series.values.count) values for \(groups.count) groups")
    }
    self.axis = axis
    self.groups = groups
    self.series = series
  }
}

/// One bar in each group of a bar chart.
public struct BarSeries: Sendable, Equatable {
  /// What the bars are.
  public let name: String
  /// A value for each group.
  public let values: [Double]
  /// The range of each value, such as the fastest and slowest of several runs; empty without.
  public let errors: [ClosedRange<Double>]
  /// What those ranges are: "95 % interval"; nil where they are the extremes of several runs.
  public let rangeName: String?

  /// Values for each group, with the range of each where known.
  ///
  /// Traps when `errors` is neither empty nor as long as `values`.
  public init(_ name: String, values: [Double], errors: [ClosedRange<Double>] = [], rangeName: String? = nil) {
    precondition(
      errors.isEmpty || errors.count == values.count,
      "bar series '\(name)' has \(errors.count) error ranges for \(values.count) values")
    self.name = name
    self.values = values
    self.errors = errors
    self.rangeName = rangeName
  }

  /// The value for a group, nil where there is none.
  func value(_ group: Int) -> Double? {
    values.indices.contains(group) ? values[group] : nil
  }

  /// The range for a group, nil where there is none.
  func error(_ group: Int) -> ClosedRange<Double>? {
    errors.indices.contains(group) ? errors[group] : nil
  }

  /// Whether both hold the same data, NaN equal to NaN.
  public static func == (left: BarSeries, right: BarSeries) -> Bool {
    left.name == right.name && areSame(left.values, right.values) && left.errors == right.errors
      && left.rangeName == right.rangeName
  }
}

extension BarSeries: Codable {
  private enum CodingKeys: CodingKey { case name, values, errors, rangeName }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    values = try container.decodeNumbers(forKey: .values)
    errors = try container.decode([ClosedRange<Double>].self, forKey: .errors)
    rangeName = try container.decodeIfPresent(String.self, forKey: .rangeName)
  }

  /// Writes the series; values that are not finite are written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(numbers: values, forKey: .values)
    try container.encode(errors, forKey: .errors)
    try container.encodeIfPresent(rangeName, forKey: .rangeName)
  }
}
