extension BarChart {
  private static let rowHeight = 25.0
  private static let barHeight = 16.0
  private static let longestName = 190.0

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
