extension PanelStack {
  private static let gap = 14.0

  private var height: Double { panels.count == 1 ? 260 : panels.count == 2 ? 170 : 150 }

  /// Where the panels begin and end, which follows from what stands beside them.
  private var measures: (ticks: [Ticks], labels: [DirectLabels], horizontal: HorizontalAxis) {
    let ticks = panels.map { Self.verticalTicks($0, height: height) }
    let labels = panels.map { DirectLabels(panel: $0, height: height) }
    let left = 10 + (ticks.flatMap(\.ticks).compactMap(\.label).map { TextMetrics.width($0) }.max() ?? 0)
    let right = Layout.width - max(labels.map(\.width).max() ?? 0, 24)
    return (ticks, labels, horizontal(from: left, to: right))
  }

  /// What is said of each place.
  var probes: ProbeBands { ProbeBands(panels: probed ?? panels, horizontal: measures.horizontal) }

  /// Draws the panels one above the other. In a page readers choose how series are smoothed and which values they read.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    let isInline = mode != .standalone
    let height = height
    let (ticks, labels, horizontal) = measures
    var y = top
    // However many lines there are, the file stays small.
    let columns = Decimation.columns(lines: panels.reduce(0) { $0 + $1.series.count })
    let windows = isInline ? Figure.smoothingWindows(of: panels) : []
    var first = top
    for (index, panel) in panels.enumerated() {
      let header = PanelHeader(
        panel: panel, xAxis: xAxis, hasDirectLabels: labels[index].areShown, namesSmoothing: windows.isEmpty)
      y = header.draw(on: &canvas, top: y)
      if index == 0 {
        y = drawAlternative(on: &canvas, top: y, of: horizontal)
        first = y
      }
      let frame = Rectangle(x: horizontal.left, y: y, width: horizontal.right - horizontal.left, height: height)
      PanelDrawing(
        panel: panel, horizontal: horizontal, frame: frame, yTicks: ticks[index], labels: labels[index],
        columns: columns, windows: windows, underlay: underlay
      ).draw(on: &canvas)
      y += height + Self.gap
    }
    y -= Self.gap
    let probes = ProbeBands(panels: probed ?? panels, horizontal: horizontal)
    probes.draw(on: &canvas, from: first, to: y, isInline: isInline)
    return horizontal.draw(on: &canvas, top: y)
  }

  /// Marks of the axis' other count above the first panel, whose frame begins at what is returned.
  private func drawAlternative(on canvas: inout Canvas, top: Double, of horizontal: HorizontalAxis) -> Double {
    guard let other = xAxis.alternative, xAxis.scale == .linear, other.factor > 0, other.factor.isFinite else {
      return top
    }
    let axis = Axis.linear(other.label)
    let (left, right, domain) = (horizontal.left, horizontal.right, horizontal.ticks.domain)
    let range = domain.lowerBound * other.factor...domain.upperBound * other.factor
    let ticks = HorizontalAxis(axis, range: range, from: left, to: right, leastStep: 1).ticks
    let name = TextMetrics.cut(axis.label, to: 160)
    let nameStart = min(right + 12, Layout.width - TextMetrics.width(name))
    let y = top + 20
    for tick in ticks.ticks {
      let position = horizontal.x.position(tick.value / other.factor)
      canvas.line(x1: position, y1: y, x2: position, y2: y + 4, "base")
      guard let label = tick.label, position + TextMetrics.width(label) / 2 + 6 <= nameStart else { continue }
      canvas.text(label, x: position, y: y - 5, "", anchor: .middle)
    }
    canvas.text(name, x: nameStart, y: y - 5, "ink")
    return y + 4
  }

  private func horizontal(from left: Double, to right: Double) -> HorizontalAxis {
    let values = panels.flatMap(\.series).flatMap { $0.x.filter(xAxis.canShow) }
    let range = ValueRange.of(values, covering: xAxis.covering, axis: xAxis)
    // Between whole epochs or iterations there is nothing that a mark could mean.
    let isWhole = values.allSatisfy { $0 == $0.rounded() }
    // A little room at both ends, so that the first and last point are whole.
    return HorizontalAxis(xAxis, range: range, from: left, to: right, inset: 6, leastStep: isWhole ? 1 : 0)
  }

  private static func verticalTicks(_ panel: Panel, height: Double) -> Ticks {
    let values = panel.series.flatMap { series in series.y.filter(panel.yAxis.canShow) }
    let lines = panel.lines.map(\.value).filter(panel.yAxis.canShow)
    let range = ValueRange.of(values + lines, covering: panel.yAxis.covering, axis: panel.yAxis)
    return Ticks(axis: panel.yAxis, range: range, count: Int(height / 42), widening: true)
  }
}

enum ValueRange {
  /// The range of `values` and `covering`; without either, a range that any axis can show.
  static func of(_ values: [Double], covering: ClosedRange<Double>?, axis: Axis) -> ClosedRange<Double> {
    var values = values
    if let covering { values += [covering.lowerBound, covering.upperBound].filter(axis.canShow) }
    guard let low = values.min(), let high = values.max() else { return axis.scale == .log ? 1...10 : 0...1 }
    return low...high
  }
}

/// An axis below a drawing, which reaches from `left` to `right`.
struct HorizontalAxis {
  let axis: Axis
  let ticks: Ticks
  let x: Projection
  let left: Double
  let right: Double

  /// - Parameter inset: how far from either end the least and the greatest value stand.
  init(
    _ axis: Axis, range: ClosedRange<Double>, from left: Double, to right: Double, inset: Double = 0,
    widening: Bool = false, leastStep: Double = 0
  ) {
    (self.axis, self.left, self.right) = (axis, left, right)
    ticks = Self.ticks(axis: axis, range: range, width: right - left, widening: widening, leastStep: leastStep)
    x = Projection(axis: axis, domain: ticks.domain, start: left + inset, end: right - inset)
  }

  /// As many ticks as have room for their labels in `width`.
  private static func ticks(
    axis: Axis, range: ClosedRange<Double>, width: Double, widening: Bool, leastStep: Double
  ) -> Ticks {
    for count in stride(from: 12, to: 1, by: -1) {
      let ticks = Ticks(axis: axis, range: range, count: count, widening: widening, leastStep: leastStep)
      let widest = ticks.ticks.compactMap(\.label).map { TextMetrics.width($0) }.max() ?? 0
      // Labels of a logarithmic axis stand unevenly: the closest two decide.
      let projection = Projection(axis: axis, domain: ticks.domain, start: 0, end: width)
      let positions = ticks.ticks.filter { $0.label != nil }.map { projection.position($0.value) }
      let closest = zip(positions, positions.dropFirst()).map { $1 - $0 }.min() ?? width
      if closest >= widest + 12 { return ticks }
    }
    return Ticks(axis: axis, range: range, count: 1, widening: widening, leastStep: leastStep)
  }

  /// Draws an upright line at each tick.
  func drawGrid(on canvas: inout Canvas, from top: Double, to bottom: Double) {
    for tick in ticks.ticks {
      let position = x.position(tick.value)
      canvas.line(x1: position, y1: top, x2: position, y2: bottom, tick.label == nil ? "minor" : "grid")
    }
  }

  /// Draws tick labels and the axis' title below `top` and returns where they end.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    for tick in ticks.ticks {
      let position = x.position(tick.value)
      canvas.line(x1: position, y1: top, x2: position, y2: top + (tick.label == nil ? 3 : 5), "base")
      if let label = tick.label { canvas.text(label, x: position, y: top + 21, "", anchor: .middle) }
    }
    let title = axis.scale == .log ? axis.title + ", log scale" : axis.title
    guard !title.isEmpty else { return top + 26 }
    let name = TextMetrics.cut(title, to: Layout.width * 0.8)
    canvas.text(name, x: (left + right) / 2, y: top + 45, "ink", anchor: .middle)
    return top + 50
  }
}
