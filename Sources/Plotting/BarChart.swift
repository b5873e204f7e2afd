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

extension BarChart: FigureKind {
  private static let rowHeight = 25.0
  private static let barHeight = 16.0
  private static let longestName = 190.0
  /// The most groups that are put into words; the table has the others.
  private static let mostGroups = 12

  var isConsistent: Bool { series.allSatisfy { $0.values.count == groups.count } }
  var hasData: Bool { !groups.isEmpty && !series.isEmpty }

  var sentences: [String] {
    let groupSentences = groups.prefix(Self.mostGroups).enumerated().map { index, group in
      let bars = series.map { series in
        let value = series.value(index).map { axis.text($0) } ?? "no value"
        return series.name.isEmpty ? value : "\(series.name) \(value)"
      }
      let ratio = ratio(index).map { ", a ratio of \(NumberText.short($0))" } ?? ""
      return (group.isEmpty ? "" : "\(group): ") + bars.joined(separator: ", ") + ratio
    }
    let rest = groups.count - groupSentences.count
    let subject = axis.label.isEmpty ? [] : ["\(axis.scale == .log ? "dots" : "bars") show \(axis.title)"]
    return subject + groupSentences + (rest > 0 ? ["\(rest) more in the table"] : [])
  }

  func tables(rowLimit: Int) -> [FigureTable] {
    let hasRatios = groups.indices.contains { ratio($0) != nil }
    var headers = series.flatMap {
      $0.errors.isEmpty ? [$0.name] : [$0.name, "\($0.name), \($0.rangeName ?? "range")"]
    }
    if hasRatios { headers.append("\(series[0].name) / \(series[1].name)") }
    let rows = groups.indices.map { group in
      var row = [groups[group]]
      for series in series {
        row.append(series.value(group).map(axis.tableText) ?? "")
        guard !series.errors.isEmpty else { continue }
        row.append(
          series.error(group).map { "\(axis.tableText($0.lowerBound)) to \(axis.tableText($0.upperBound))" } ?? "")
      }
      if hasRatios { row.append(ratio(group).map { NumberText.short($0) } ?? "") }
      return row
    }
    return [FigureTable(caption: axis.tableTitle, headers: [""] + headers, rows: rows)]
  }

  var csvRows: [[String]]? {
    let header = series.flatMap { series in
      series.errors.isEmpty ? [series.name] : [series.name, "\(series.name), from", "\(series.name), to"]
    }
    let rows = groups.indices.map { group in
      [groups[group]]
        + series.flatMap { series -> [String] in
          let value = series.value(group).map(CSV.number) ?? ""
          guard !series.errors.isEmpty else { return [value] }
          let error = series.error(group)
          return [
            value, error.map { CSV.number($0.lowerBound) } ?? "", error.map { CSV.number($0.upperBound) } ?? "",
          ]
        }
    }
    return [["group"] + header] + rows
  }

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

  /// How many times the second series' value the first one's is, on a logarithmic axis, where that is what one sees; nil for other
  /// charts and without two values.
  func ratio(_ group: Int) -> Double? {
    guard axis.scale == .log, series.count == 2, let first = series[0].value(group),
      let second = series[1].value(group), axis.canShow(first), axis.canShow(second)
    else { return nil }
    return first / second
  }

  /// Draws bars from left to right, so that names and values are read like text however narrow the screen: under each
  /// group's name one bar of each series, its name before it, its value behind it. The bars of a single series have the
  /// groups' names before them.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    // Bars have a length from zero, which a logarithmic axis has not.
    if axis.scale == .log { return DotChartDrawing(chart: self).draw(on: &canvas, top: top) }
    let hasHeadings = series.count > 1
    let names = (hasHeadings ? series.map(\.name) : groups).map { TextMetrics.cut($0, to: Self.longestName) }
    // Half a tick label may reach to the left of the axis.
    let left = max((names.map { TextMetrics.width($0) }.max() ?? 0) + 10, 30)
    let right = Layout.width - min(valueWidth, 160) - 10
    // Bars begin at zero.
    let range = min(self.range.lowerBound, 0)...max(self.range.upperBound, 0)
    let horizontal = HorizontalAxis(axis, range: range, from: left, to: right, widening: true)

    var rows = Canvas()
    var y = top + 2
    if let name = series.compactMap(\.rangeName).first {
      rows.text("line: \(name)", x: left, y: y + 18, "")
      y += TextMetrics.lineHeight + 4
    }
    let start = y
    for (group, name) in groups.enumerated() {
      if hasHeadings, !name.isEmpty {
        rows.text(TextMetrics.cut(name, to: Layout.width), x: 0, y: y + 18, "ink strong")
        y += TextMetrics.lineHeight + 4
      }
      for (index, series) in series.enumerated() {
        let bar = Bar(series: series, group: group, style: SeriesStyle(index), y: y + Self.rowHeight / 2)
        let nameStyle = hasHeadings ? bar.style.text : "ink"
        rows.text(names[hasHeadings ? index : group], x: left - 8, y: bar.y, nameStyle, anchor: .end, centred: true)
        draw(bar, start: left, x: horizontal.x, on: &rows)
        y += Self.rowHeight
      }
      if hasHeadings { y += 12 }
    }
    y += hasHeadings ? -6 : 4
    horizontal.drawGrid(on: &canvas, from: start, to: y)
    canvas.append(rows)
    return horizontal.draw(on: &canvas, top: y)
  }

  /// One bar, and the height of its middle.
  private struct Bar {
    var series: BarSeries
    var group: Int
    var style: SeriesStyle
    var y: Double
  }

  private func draw(_ bar: Bar, start: Double, x: Projection, on canvas: inout Canvas) {
    guard let value = bar.series.value(bar.group), axis.canShow(value) else {
      let text = bar.series.value(bar.group).map { axis.text($0) } ?? "no value"
      canvas.path(.cross(at: Point(x: start + 10, y: bar.y)), "missing")
      canvas.text(text, x: start + 22, y: bar.y, "missingtext halo", centred: true)
      return
    }
    let zero = x.position(0)
    let end = x.position(value)
    let rectangle = Rectangle(
      x: min(zero, end), y: bar.y - Self.barHeight / 2, width: max(abs(end - zero), 1), height: Self.barHeight)
    canvas.rectangle(rectangle, bar.style.text, rounding: 2, title: title(bar.series, bar.group))
    var reach = max(end, zero)
    if let error = bar.series.error(bar.group), axis.canShow(error.lowerBound), axis.canShow(error.upperBound) {
      let (low, high) = (x.position(error.lowerBound), x.position(error.upperBound))
      var whisker = PathData()
      whisker.segment(from: Point(x: low, y: bar.y), to: Point(x: high, y: bar.y))
      for end in [low, high] { whisker.segment(from: Point(x: end, y: bar.y - 5), to: Point(x: end, y: bar.y + 5)) }
      canvas.path(whisker, "error")
      reach = max(reach, high)
    }
    canvas.text(axis.text(value), x: reach + 8, y: bar.y, "ink strong halo", centred: true)
  }
}
