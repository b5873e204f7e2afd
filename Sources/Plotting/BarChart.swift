/// Bars in groups: for each group one bar of each series, such as the times of two implementations of several layers.
public struct BarChart: Codable, Sendable, Equatable {
  /// What the bars measure.
  package var axis: Axis
  /// The groups' names, from top to bottom.
  package var groups: [String]
  /// The series, one bar each in every group.
  package var series: [BarSeries]

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
public struct BarSeries: Codable, Sendable, Equatable {
  /// What the bars are.
  package let name: String
  /// A value for each group; NaN where there is none.
  package let values: [Double]
  /// The range of each value, such as the fastest and slowest of several runs; empty without.
  package let errors: [ClosedRange<Double>]
  /// What those ranges are: "95 % interval"; nil where they are the extremes of several runs.
  package let rangeName: String?

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
  func value(_ group: Int) -> Double? { values.indices.contains(group) ? values[group] : nil }
  /// The range for a group, nil where there is none.
  func error(_ group: Int) -> ClosedRange<Double>? { errors.indices.contains(group) ? errors[group] : nil }
  /// Its values and the ends of their ranges.
  var ends: [Double] { values + errors.flatMap { [$0.lowerBound, $0.upperBound] } }
}

extension BarChart {
  /// What is said of a bar or a dot where a pointer rests.
  func title(_ series: BarSeries, _ group: Int) -> String {
    let names = [groups[group], series.name].filter { !$0.isEmpty }.joined(separator: ", ")
    let range = series.error(group).map { ", from \(axis.text($0.lowerBound)) to \(axis.text($0.upperBound))" } ?? ""
    return "\(names): \(series.value(group).map { axis.text($0) } ?? "no value")\(range)"
  }

  /// What the axis shows at least: all values and their ranges.
  var range: ClosedRange<Double> {
    ValueRange.of(series.flatMap(\.ends).filter(axis.canShow), covering: axis.covering, axis: axis)
  }

  /// The room that the widest value takes.
  var valueWidth: Double { series.flatMap(\.values).map { TextMetrics.width(axis.text($0)) * 1.06 }.max() ?? 0 }
}
