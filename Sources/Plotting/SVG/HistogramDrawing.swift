extension Histogram {
  private static let height = 260.0

  /// Draws the bins side by side.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    let vertical = Axis.linear("values in each bin", covering: 0...1)
    let yTicks = Ticks(axis: vertical, range: 0...Double(max(counts.max() ?? 0, 1)), count: 5, widening: true)
    let left = 10 + (yTicks.ticks.compactMap(\.label).map { TextMetrics.width($0) }.max() ?? 0)
    let right = Layout.width - 24
    let range = (edges.first ?? 0)...(edges.last ?? 1)
    let horizontal = HorizontalAxis(axis, range: range, from: left, to: right, inset: 4)

    canvas.text(vertical.title, x: 0, y: top + 17, "ink strong")
    if notFinite > 0 {
      let note = "\(notFinite) not finite"
      canvas.path(.cross(at: Point(x: Layout.width - TextMetrics.width(note) - 12, y: top + 12)), "missing")
      canvas.text(note, x: Layout.width, y: top + 17, "missingtext", anchor: .end)
    }
    let frame = Rectangle(x: left, y: top + 33, width: right - left, height: Self.height)
    let y = Projection(axis: vertical, domain: yTicks.domain, start: frame.maxY, end: frame.y)
    for tick in yTicks.ticks {
      // Counts are whole: half a value in a bin means nothing.
      guard let label = tick.label, tick.value == tick.value.rounded() else { continue }
      let position = y.position(tick.value)
      canvas.line(x1: left, y1: position, x2: right, y2: position, "grid")
      canvas.text(label, x: left - 8, y: position, "", anchor: .end, centred: true)
    }
    for (bin, count) in counts.enumerated() where count > 0 {
      let (start, end) = (horizontal.x.position(edges[bin]), horizontal.x.position(edges[bin + 1]))
      let gap = end - start > 5 ? 1.0 : 0
      let bar = Rectangle(
        x: start, y: y.position(Double(count)), width: max(end - start - gap, 0.5),
        height: frame.maxY - y.position(Double(count)))
      let from = axis.text(edges[bin])
      let to = axis.text(edges[bin + 1])
      canvas.rectangle(bar, "f1", title: "\(from) to \(to): \(count)")
    }
    canvas.line(x1: left, y1: frame.maxY, x2: right, y2: frame.maxY, "base")
    return horizontal.draw(on: &canvas, top: frame.maxY)
  }
}
