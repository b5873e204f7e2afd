/// Upright bands over all panels of a figure that say what is there: one for each position when these are few, otherwise one for
/// each of equally wide stretches, with the least and greatest value in it.
///
/// In a page, a band shows a hairline while a pointer is over it or it is chosen by keyboard, and the page shows what it says; in a
/// file of its own it says so itself where a pointer rests.
struct ProbeBands {
  struct Band {
    var left: Double
    var right: Double
    /// Where its hairline stands.
    var centre: Double
    /// Its position, such as "epoch 3".
    var place: String
    /// What each series is there: "training accuracy 70.6 %".
    var values: [String]
    /// Where series that change seldom had their last values before: "at epoch 3", with those values.
    var earlier: [(place: String, values: [String])] = []

    var text: String { "\(place): \(lines.joined(separator: ", "))" }
    /// What is said of the series, earlier values together with their place.
    var lines: [String] { values + earlier.map { "\($0.values.joined(separator: ", ")) at \($0.place)" } }
  }

  /// How many bands a figure has at most.
  static let most = 40

  let panels: [Panel]
  let horizontal: HorizontalAxis

  private var xAxis: Axis { horizontal.axis }
  private var left: Double { horizontal.left }
  private var right: Double { horizontal.right }

  var bands: [Band] { distinctPositions.map(bands) ?? stretches }

  /// The positions of all points, ascending; nil when they are too many for a band each.
  private var distinctPositions: [Double]? {
    var positions: Set<Double> = []
    for value in panels.lazy.flatMap(\.series).flatMap(\.x) where xAxis.canShow(value) {
      positions.insert(value)
      if positions.count > Self.most { return nil }
    }
    return positions.sorted()
  }

  private func bands(at positions: [Double]) -> [Band] {
    let places = positions.map(horizontal.x.position)
    return positions.enumerated().map { index, value in
      let from = index == 0 ? left : (places[index - 1] + places[index]) / 2
      let to = index == places.count - 1 ? right : (places[index] + places[index + 1]) / 2
      var values: [String] = []
      for panel in panels {
        for series in panel.series {
          let here = zip(series.x, series.y).filter { $0.0 == value }.map(\.1)
          values += here.prefix(3).map { "\(series.subject(yAxis: panel.yAxis)) \(panel.yAxis.text($0))" }
        }
      }
      return Band(left: from, right: to, centre: places[index], place: place(value), values: values)
    }
  }

  private var stretches: [Band] {
    let width = (right - left) / Double(Self.most)
    func stretch(_ value: Double) -> Int {
      min(max(Int((horizontal.x.position(value) - left) / width), 0), Self.most - 1)
    }
    var extents = [ClosedRange<Double>?](repeating: nil, count: Self.most)
    var values = [[String]](repeating: [], count: Self.most)
    var earlier = [[(place: String, values: [String])]](repeating: [], count: Self.most)
    for series in panels.flatMap(\.series) {
      for value in series.x where xAxis.canShow(value) {
        extents[stretch(value)] = extents[stretch(value)].extended(to: value)
      }
    }
    for panel in panels {
      for series in panel.series {
        let subject = series.subject(yAxis: panel.yAxis)
        let points = zip(series.x, series.y).filter { xAxis.canShow($0) && $1.isFinite }
        var ranges = [ClosedRange<Double>?](repeating: nil, count: Self.most)
        for (valueX, valueY) in points { ranges[stretch(valueX)] = ranges[stretch(valueX)].extended(to: valueY) }
        for index in 0..<Self.most {
          guard let extent = extents[index] else { continue }
          if let range = ranges[index] {
            let high = range.isPoint ? "" : " to \(panel.yAxis.text(range.upperBound))"
            values[index].append("\(subject) \(panel.yAxis.text(range.lowerBound))\(high)")
          } else if points.count <= Self.most {
            // The last value of a series that changes seldom.
            guard let last = points.filter({ $0.0 <= extent.upperBound }).max(by: { $0.0 < $1.0 }) else { continue }
            let (place, value) = (xAxis.place(last.0), "\(subject) \(panel.yAxis.text(last.1))")
            if earlier[index].last?.place == place {
              earlier[index][earlier[index].count - 1].values.append(value)
            } else {
              earlier[index].append((place, [value]))
            }
          }
        }
      }
    }
    return (0..<Self.most).compactMap { index in
      guard let extent = extents[index] else { return nil }
      let from = left + Double(index) * width
      let to = extent.isPoint ? "" : " to \(xAxis.text(extent.upperBound))"
      return Band(
        left: from, right: from + width, centre: from + width / 2, place: place(extent.lowerBound, to: to),
        values: values[index], earlier: earlier[index])
    }
  }

  private func place(_ value: Double, to end: String = "") -> String {
    let place = (xAxis.label.isEmpty ? "" : xAxis.label + " ") + xAxis.text(value) + end
    guard let other = xAxis.alternative else { return place }
    return "\(place) (\(other.label) \(NumberText.short(value * other.factor, 7)))"
  }

  /// Draws the bands from `top` to `bottom`: with titles in a file of its own, otherwise with hairlines.
  func draw(on canvas: inout Canvas, from top: Double, to bottom: Double, isInline: Bool) {
    let bands = bands
    if isInline { canvas.open("probes") }
    for band in bands {
      let area = Rectangle(x: band.left, y: top, width: band.right - band.left, height: bottom - top)
      guard isInline else {
        canvas.rectangle(area, "hover", title: ([band.place] + band.lines).joined(separator: "\n"))
        continue
      }
      canvas.open(nil)
      canvas.rectangle(area, nil)
      canvas.line(x1: band.centre, y1: top, x2: band.centre, y2: bottom, nil)
      canvas.close()
    }
    if isInline { canvas.close() }
  }
}

extension ClosedRange<Double> {
  fileprivate var isPoint: Bool { lowerBound == upperBound }
}

extension ClosedRange<Double>? {
  func extended(to value: Double) -> ClosedRange<Double> {
    guard let self else { return value...value }
    return min(self.lowerBound, value)...max(self.upperBound, value)
  }
}
