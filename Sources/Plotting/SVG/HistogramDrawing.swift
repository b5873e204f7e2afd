/// Draws a histogram's bins side by side.
struct HistogramDrawing {
  var histogram: Histogram

  private static let height = 260.0

  /// Draws below `top` and returns where the drawing ends.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    let counts = Axis.linear("values in each bin", covering: 0...1)
    let yTicks = Ticks(axis: counts, range: 0...Double(max(histogram.counts.max() ?? 0, 1)), count: 5, widening: true)
    let left = 10 + (yTicks.ticks.compactMap(\.label).map { TextMetrics.width($0) }.max() ?? 0)
    let right = Layout.width - 24
    let range = (histogram.edges.first ?? 0)...(histogram.edges.last ?? 1)
    let axis = HorizontalAxis(histogram.axis, range: range, from: left, to: right, inset: 4)

    canvas.text(counts.title, x: 0, y: top + 17, "ink strong")
    if histogram.notFinite > 0 {
      let note = "\(histogram.notFinite) not finite"
      canvas.path(.cross(at: Point(x: Layout.width - TextMetrics.width(note) - 12, y: top + 12)), "missing")
      canvas.text(note, x: Layout.width, y: top + 17, "missingtext", anchor: .end)
    }
    let frame = Rectangle(x: left, y: top + 33, width: right - left, height: Self.height)
    let y = Projection(axis: counts, domain: yTicks.domain, start: frame.maxY, end: frame.y)
    for tick in yTicks.ticks {
      // Counts are whole: half a value in a bin means nothing.
      guard let label = tick.label, tick.value == tick.value.rounded() else { continue }
      let position = y.position(tick.value)
      canvas.line(x1: left, y1: position, x2: right, y2: position, "grid")
      canvas.text(label, x: left - 8, y: position, "", anchor: .end, centred: true)
    }
    for (bin, count) in histogram.counts.enumerated() where count > 0 {
      let (start, end) = (axis.x.position(histogram.edges[bin]), axis.x.position(histogram.edges[bin + 1]))
      let gap = end - start > 5 ? 1.0 : 0
      let bar = Rectangle(
        x: start, y: y.position(Double(count)), width: max(end - start - gap, 0.5),
        height: frame.maxY - y.position(Double(count)))
      let from = histogram.axis.text(histogram.edges[bin])
      let to = histogram.axis.text(histogram.edges[bin + 1])
      canvas.rectangle(bar, "f1", title: "\(from) to \(to): \(count)")
    }
    canvas.line(x1: left, y1: frame.maxY, x2: right, y2: frame.maxY, "base")
    return axis.draw(on: &canvas, top: frame.maxY)
  }
}
