/// Draws one panel: its grid, its series, its lines and its labels.
struct PanelDrawing {
  var panel: Panel
  var horizontal: HorizontalAxis
  var frame: Rectangle
  var yTicks: Ticks
  var labels: DirectLabels
  var columns: Int
  /// The windows of smoothing that readers may choose from; empty where there is no choice.
  var windows: [Int] = []
  /// Draws what stands below the series.
  let underlay: @Sendable (inout Canvas, Projection, Projection) -> Void

  private var y: Projection { Projection(axis: panel.yAxis, domain: yTicks.domain, start: frame.maxY, end: frame.y) }

  func draw(on canvas: inout Canvas) {
    drawGrid(on: &canvas)
    underlay(&canvas, horizontal.x, y)
    var placement = LabelPlacement(frame: frame)
    var ends: [(name: String, end: Point, series: Int)] = []
    let lines = panel.lines.filter { panel.yAxis.canShow($0.value) }
    for line in lines {
      let position = y.position(line.value)
      canvas.line(x1: frame.x, y1: position, x2: frame.maxX, y2: position, line.style.line)
      placement.avoid([Point(x: frame.x, y: position), Point(x: frame.maxX, y: position)])
    }
    for (index, series) in panel.series.enumerated() {
      let course = SeriesDrawing(series: series, index: index, panel: self, y: y).draw(on: &canvas)
      placement.avoid(course)
      if let end = course.last { ends.append((series.name, end, index)) }
    }
    if labels.areShown {
      for (label, y) in zip(ends, labels.heights(ends, frame: frame))
      where label.end.x < frame.maxX - DirectLabels.edge {
        placement.take(
          Rectangle(
            x: label.end.x + 5, y: y - TextMetrics.lineHeight / 2, width: TextMetrics.width(label.name) + 10,
            height: TextMetrics.lineHeight))
      }
    }
    drawMarks(on: &canvas, placement: &placement)
    for line in lines { drawLabel(of: line, on: &canvas, placement: &placement) }
    if labels.areShown { labels.draw(ends, frame: frame, on: &canvas) }
  }

  private func drawGrid(on canvas: inout Canvas) {
    for tick in yTicks.ticks {
      let position = y.position(tick.value)
      canvas.line(x1: frame.x, y1: position, x2: frame.maxX, y2: position, tick.label == nil ? "minor" : "grid")
      if let label = tick.label { canvas.text(label, x: frame.x - 8, y: position, "", anchor: .end, centred: true) }
    }
    canvas.line(x1: frame.x, y1: frame.maxY, x2: frame.maxX, y2: frame.maxY, "base")
  }

  private func drawMarks(on canvas: inout Canvas, placement: inout LabelPlacement) {
    for (number, series) in panel.series.enumerated() {
      guard let mark = series.mark, let index = series.markedIndex else { continue }
      let (valueX, valueY) = (series.x[index], series.y[index])
      guard horizontal.axis.canShow(valueX), panel.yAxis.canShow(valueY) else { continue }
      let point = Point(x: horizontal.x.position(valueX), y: y.position(valueY))
      let text = TextMetrics.cut("\(mark.label) \(panel.yAxis.text(valueY))", to: frame.width * 0.8)
      canvas.circle(x: point.x, y: point.y, radius: 7, "mark")
      placement.take(Rectangle(x: point.x - 7, y: point.y - 7, width: 14, height: 14))
      let width = TextMetrics.width(text)
      let beside = [1, -1].map { Point(x: point.x + $0 * (width / 2 + 14), y: point.y) }
      let over = [22, -22, 36, -36, 48, -48, 62, -62.0].map { Point(x: point.x, y: point.y + $0) }
      let place = placement.place(width: width, near: over[..<4] + beside + over[4...])
      // In the series' colour: the label may stand beside another one's line.
      let style = SeriesStyle(number).text
      canvas.text(text, x: place.x, y: place.y, "\(style) halo", anchor: .middle, centred: true)
    }
  }

  private func drawLabel(of line: ReferenceLine, on canvas: inout Canvas, placement: inout LabelPlacement) {
    let text = TextMetrics.cut(line.label, to: frame.width * 0.8)
    guard !text.isEmpty else { return }
    let width = TextMetrics.width(text)
    let position = y.position(line.value)
    let middles = [0.5, 0.4, 0.6].map { frame.x + frame.width * $0 }
    let centres = [frame.x + width / 2 + 6, frame.maxX - width / 2 - 6] + middles
    // Right above or below the line first, at its left, its right, near its middle.
    let anchors = [-12.0, 14, -22, 24].flatMap { offset in centres.map { Point(x: $0, y: position + offset) } }
    let place = placement.place(width: width, near: anchors)
    canvas.text(text, x: place.x, y: place.y, "\(line.style.text) halo", anchor: .middle, centred: true)
  }
}

extension ReferenceLine {
  /// The classes of the line and of its label.
  fileprivate var style: (line: String, text: String) {
    switch role {
    case .goal: ("goal", "goaltext")
    case .missed: ("missed", "missingtext")
    case .baseline: ("floor", "")
    }
  }
}
