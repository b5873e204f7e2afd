/// Draws values on a logarithmic axis, which has no zero for bars to begin at, as dots with their ranges. Two series share a row,
/// with how many times one the other is between them.
struct DotChartDrawing {
  var chart: BarChart

  private static let rowHeight = 38.0
  /// How far below a row's top its dots stand: what is written above their line has room there.
  private static let middle = 22.0

  /// Draws below `top` and returns where the drawing ends.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    let valueWidth = min(chart.valueWidth, 160)
    let left = isPaired ? valueWidth + 16 : 16
    let right = Layout.width - valueWidth - 16 - (isPaired ? 0 : nameWidth)
    let axis = HorizontalAxis(chart.axis, range: chart.range, from: left, to: right, widening: true)

    var rows = Canvas()
    let start = drawLegend(on: &canvas, top: top)
    var y = start
    for (group, name) in chart.groups.enumerated() {
      let dots = chart.series.indices.map { dot($0, group, axis.x) }
      let ratio = chart.ratio(group).map { NumberText.short($0) + " ×" }
      let places = dots.compactMap(\.place).sorted()
      let hasRoom = isPaired && places.count == 2 && places[1] - places[0] > TextMetrics.width(ratio ?? "") + 28
      let heading = hasRoom || ratio == nil ? name : "\(name) · \(ratio ?? "")"
      if !heading.isEmpty {
        rows.text(TextMetrics.cut(heading, to: Layout.width), x: 0, y: y + 19, "ink strong")
        y += TextMetrics.lineHeight
      }
      if isPaired {
        drawPair(dots, between: hasRoom ? ratio : nil, y: y + Self.middle, left: left, on: &rows)
        y += Self.rowHeight
      } else {
        for dot in dots {
          draw(dot, y: y + Self.middle, left: left, on: &rows)
          drawValue(of: dot, y: y + Self.middle, isLeft: false, on: &rows)
          y += Self.rowHeight
        }
      }
      y += 6
    }
    axis.drawGrid(on: &canvas, from: start, to: y)
    canvas.append(rows)
    return axis.draw(on: &canvas, top: y)
  }

  private var isPaired: Bool { chart.series.count == 2 }

  /// What names take beside values where each series has a row.
  private var nameWidth: Double {
    guard chart.series.count > 1 else { return 0 }
    return min(chart.series.map { TextMetrics.width($0.name) }.max() ?? 0, 160) + 10
  }

  /// A value's place, and what is said of it.
  private struct Dot {
    var style: SeriesStyle
    var text: String
    var title: String
    /// Nil where the axis has no place for it.
    var place: Double?
    var range: ClosedRange<Double>?
  }

  private func dot(_ index: Int, _ group: Int, _ x: Projection) -> Dot {
    let series = chart.series[index]
    let (axis, value, error) = (chart.axis, series.value(group), series.error(group))
    let name =
      isPaired || series.name.isEmpty || chart.series.count == 1 ? "" : " " + TextMetrics.cut(series.name, to: 160)
    let hasRange = error.map { axis.canShow($0.lowerBound) && axis.canShow($0.upperBound) } ?? false
    return Dot(
      style: SeriesStyle(index), text: (value.map { axis.text($0) } ?? "no value") + name,
      title: chart.title(series, group), place: value.flatMap { axis.canShow($0) ? x.position($0) : nil },
      range: hasRange ? error.map { x.position($0.lowerBound)...x.position($0.upperBound) } : nil)
  }

  private func drawPair(_ dots: [Dot], between ratio: String?, y: Double, left: Double, on canvas: inout Canvas) {
    let places = dots.compactMap(\.place).sorted()
    if places.count == 2 { canvas.line(x1: places[0], y1: y, x2: places[1], y2: y, "leader") }
    if let ratio, places.count == 2 {
      canvas.text(ratio, x: (places[0] + places[1]) / 2, y: y - 13, "ink strong halo", anchor: .middle, centred: true)
    }
    for dot in dots { draw(dot, y: y, left: left, on: &canvas) }
    let isFirstLeft = dots[0].place ?? -1 < dots[1].place ?? -1
    drawValue(of: dots[0], y: y, isLeft: isFirstLeft, on: &canvas)
    drawValue(of: dots[1], y: y, isLeft: !isFirstLeft, on: &canvas)
  }

  private func draw(_ dot: Dot, y: Double, left: Double, on canvas: inout Canvas) {
    guard let place = dot.place else {
      canvas.path(.cross(at: Point(x: left + 10, y: y)), "missing")
      canvas.text(dot.text, x: left + 22, y: y, "missingtext halo", centred: true)
      return
    }
    if let range = dot.range {
      canvas.line(x1: range.lowerBound, y1: y, x2: range.upperBound, y2: y, "range \(dot.style.stroke)")
    }
    canvas.circle(x: place, y: y, radius: 6, dot.style.text, title: dot.title)
  }

  private func drawValue(of dot: Dot, y: Double, isLeft: Bool, on canvas: inout Canvas) {
    guard let place = dot.place else { return }
    let reach =
      isLeft ? min(place, dot.range?.lowerBound ?? place) - 11 : max(place, dot.range?.upperBound ?? place) + 11
    canvas.text(
      dot.text, x: reach, y: y, "\(dot.style.text) strong halo", anchor: isLeft ? .end : .start, centred: true)
  }

  /// Which dots are which, and what their lines are; returns where the rows begin.
  private func drawLegend(on canvas: inout Canvas, top: Double) -> Double {
    let ranges = chart.series.contains { !$0.errors.isEmpty }
    let rangeText = "line: \(chart.series.compactMap(\.rangeName).first ?? "from the least to the greatest")"
    guard isPaired || ranges else { return top }
    var x = 0.0
    for (index, series) in chart.series.enumerated() where isPaired {
      let style = SeriesStyle(index)
      let name = TextMetrics.cut(series.name, to: 200)
      canvas.circle(x: x + 6, y: top + 12, radius: 6, style.text)
      canvas.text(name, x: x + 18, y: top + 18, style.text)
      x += 18 + TextMetrics.width(name) + 20
    }
    if ranges, x + TextMetrics.width(rangeText) <= Layout.width { canvas.text(rangeText, x: x, y: top + 18, "") }
    return top + TextMetrics.lineHeight + 8
  }
}
