/// Draws bars from left to right, so that names and values are read like text however narrow the screen: under each
/// group's name one bar of each series, its name before it, its value behind it. The bars of a single series have the
/// groups' names before them.
struct BarChartDrawing {
  var chart: BarChart

  private static let rowHeight = 25.0
  private static let barHeight = 16.0
  private static let longestName = 190.0

  /// Draws below `top` and returns where the drawing ends.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    // Bars have a length from zero, which a logarithmic axis has not.
    if chart.axis.scale == .log { return DotChartDrawing(chart: chart).draw(on: &canvas, top: top) }
    let hasHeadings = chart.series.count > 1
    let names = (hasHeadings ? chart.series.map(\.name) : chart.groups).map {
      TextMetrics.cut($0, to: Self.longestName)
    }
    // Half a tick label may reach to the left of the axis.
    let left = max((names.map { TextMetrics.width($0) }.max() ?? 0) + 10, 30)
    let values = chart.series.flatMap(\.values)
    let valueWidth = values.map { TextMetrics.width(chart.axis.text($0)) * 1.06 }.max() ?? 0
    let right = Layout.width - min(valueWidth, 160) - 10
    let ticks = HorizontalAxis.ticks(axis: chart.axis, range: range, width: right - left, widening: true)
    let x = Projection(axis: chart.axis, domain: ticks.domain, from: left, to: right)

    var rows = Canvas()
    var y = top + 2
    if let name = chart.series.compactMap(\.rangeName).first {
      rows.text("line: \(name)", x: left, y: y + 18, "")
      y += TextMetrics.lineHeight + 4
    }
    let start = y
    for (group, name) in chart.groups.enumerated() {
      if hasHeadings, !name.isEmpty {
        rows.text(TextMetrics.cut(name, to: Layout.width), x: 0, y: y + 18, "ink strong")
        y += TextMetrics.lineHeight + 4
      }
      for (index, series) in chart.series.enumerated() {
        let bar = Bar(series: series, group: group, style: SeriesStyle(index), y: y + Self.rowHeight / 2)
        let nameStyle = hasHeadings ? bar.style.text : "ink"
        rows.text(
          names[hasHeadings ? index : group], x: left - 8, y: bar.y, nameStyle, anchor: .end, centred: true)
        draw(bar, start: left, x: x, on: &rows)
        y += Self.rowHeight
      }
      if hasHeadings { y += 12 }
    }
    y += hasHeadings ? -6 : 4
    for tick in ticks.ticks {
      let position = x.position(tick.value)
      canvas.line(x1: position, y1: start, x2: position, y2: y, tick.label == nil ? "minor" : "grid")
    }
    canvas.append(rows)
    return HorizontalAxis(axis: chart.axis, ticks: ticks, x: x).draw(on: &canvas, top: y, centre: (left + right) / 2)
  }

  /// One bar, and the height of its middle.
  private struct Bar {
    var series: BarSeries
    var group: Int
    var style: SeriesStyle
    var y: Double
  }

  private func draw(_ bar: Bar, start: Double, x: Projection, on canvas: inout Canvas) {
    let axis = chart.axis
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
    let error = bar.series.error(bar.group)
    var title = [chart.groups[bar.group], bar.series.name].filter { !$0.isEmpty }.joined(separator: ", ")
    title += ": \(axis.text(value))"
    if let error { title += ", from \(axis.text(error.lowerBound)) to \(axis.text(error.upperBound))" }
    canvas.rectangle(rectangle, bar.style.text, rounding: 2, title: title)
    var reach = max(end, zero)
    if let error, axis.canShow(error.lowerBound), axis.canShow(error.upperBound) {
      let (low, high) = (x.position(error.lowerBound), x.position(error.upperBound))
      canvas.path(whisker(from: low, to: high, y: bar.y), "error")
      reach = max(reach, high)
    }
    canvas.text(axis.text(value), x: reach + 8, y: bar.y, "ink strong halo", centred: true)
  }

  private func whisker(from low: Double, to high: Double, y: Double) -> PathData {
    var path = PathData()
    path.move(to: Point(x: low, y: y))
    path.line(to: Point(x: high, y: y))
    for end in [low, high] {
      path.move(to: Point(x: end, y: y - 5))
      path.line(to: Point(x: end, y: y + 5))
    }
    return path
  }

  /// What the axis shows: all values and their ranges, and where bars begin.
  private var range: ClosedRange<Double> {
    let errors = chart.series.flatMap(\.errors).flatMap { [$0.lowerBound, $0.upperBound] }
    let values = (chart.series.flatMap(\.values) + errors).filter(chart.axis.canShow)
    let range = ValueRange.of(values, covering: chart.axis.covering, axis: chart.axis)
    return min(range.lowerBound, 0)...max(range.upperBound, 0)
  }
}
