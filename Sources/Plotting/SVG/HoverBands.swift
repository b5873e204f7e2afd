/// Invisible upright bands over a panel that show the values under the pointer, without any script: one for each
/// position when these are few, otherwise one for each of equally wide stretches with the least and greatest value in
/// it.
struct HoverBands {
  var panel: Panel
  var xAxis: Axis
  var frame: Rectangle
  var x: Projection
  var domain: ClosedRange<Double>

  private static let mostPositions = 60
  private static let stretches = 48

  func draw(on canvas: inout Canvas) {
    let positions = distinctPositions()
    if let positions {
      drawBands(at: positions, on: &canvas)
    } else {
      drawStretches(on: &canvas)
    }
  }

  /// The positions of all points, ascending; nil when they are too many for a band each.
  private func distinctPositions() -> [Double]? {
    var positions: Set<Double> = []
    for value in panel.series.lazy.flatMap(\.x) where xAxis.canShow(value) {
      positions.insert(value)
      if positions.count > Self.mostPositions { return nil }
    }
    return positions.sorted()
  }

  private func drawBands(at positions: [Double], on canvas: inout Canvas) {
    let places = positions.map(x.position)
    for (index, value) in positions.enumerated() {
      let left = index == 0 ? frame.x : (places[index - 1] + places[index]) / 2
      let right = index == places.count - 1 ? frame.maxX : (places[index] + places[index + 1]) / 2
      var lines = [title(of: value)]
      for series in panel.series {
        let values = zip(series.x, series.y).filter { $0.0 == value }.map(\.1)
        lines += values.prefix(3).map { "\(series.name): \(panel.yAxis.text($0))" }
      }
      drawBand(from: left, to: right, lines, on: &canvas)
    }
  }

  private func drawStretches(on canvas: inout Canvas) {
    let width = frame.width / Double(Self.stretches)
    var ranges = [[ClosedRange<Double>?]](
      repeating: [ClosedRange<Double>?](repeating: nil, count: panel.series.count), count: Self.stretches)
    var extents = [ClosedRange<Double>?](repeating: nil, count: Self.stretches)
    for (index, series) in panel.series.enumerated() {
      for (valueX, valueY) in zip(series.x, series.y) where xAxis.canShow(valueX) && valueY.isFinite {
        let place = Int((x.position(valueX) - frame.x) / width)
        let stretch = min(max(place, 0), Self.stretches - 1)
        ranges[stretch][index] = ranges[stretch][index].extended(to: valueY)
        extents[stretch] = extents[stretch].extended(to: valueX)
      }
    }
    for stretch in 0..<Self.stretches {
      guard let extent = extents[stretch] else { continue }
      var lines = [title(of: extent.lowerBound) + (extent.isPoint ? "" : " to \(xAxis.text(extent.upperBound))")]
      for (series, range) in zip(panel.series, ranges[stretch]) {
        guard let range else { continue }
        let high = range.isPoint ? "" : " to \(panel.yAxis.text(range.upperBound))"
        lines.append("\(series.name): \(panel.yAxis.text(range.lowerBound))\(high)")
      }
      let left = frame.x + Double(stretch) * width
      drawBand(from: left, to: left + width, lines, on: &canvas)
    }
  }

  private func title(of value: Double) -> String {
    xAxis.label.isEmpty ? xAxis.text(value) : "\(xAxis.label) \(xAxis.text(value))"
  }

  private func drawBand(from left: Double, to right: Double, _ lines: [String], on canvas: inout Canvas) {
    let band = Rectangle(x: left, y: frame.y, width: right - left, height: frame.height)
    canvas.rectangle(band, "hover", title: lines.joined(separator: "\n"))
  }
}

extension ClosedRange<Double> {
  /// Whether the range is a single value.
  fileprivate var isPoint: Bool { lowerBound == upperBound }
}

extension ClosedRange<Double>? {
  /// The range with `value` in it.
  fileprivate func extended(to value: Double) -> ClosedRange<Double> {
    guard let self else { return value...value }
    return Swift.min(self.lowerBound, value)...Swift.max(self.upperBound, value)
  }
}
