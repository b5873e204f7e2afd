/// Courses with what they vary between, such as the accuracy of several trainings: a line for the middle of each, such as the mean, and
/// a band from the least to the most.
public struct Band: Codable, Sendable, Equatable {
  /// One course with its band.
  public struct Course: Codable, Sendable, Equatable {
    /// What varies.
    package let name: String
    /// The horizontal positions, ascending.
    package let x: [Double]
    /// Where the band begins, the line is and the band ends at each position.
    package let least, middle, most: [Double]

    /// A course over the positions `x`, which are 0, 1, 2, … when not given.
    ///
    /// Traps when the lists differ in length.
    public init(_ name: String, x: [Double]? = nil, least: [Double], middle: [Double], most: [Double]) {
      (self.name, self.x) = (name, x ?? middle.indices.map { Double($0) })
      (self.least, self.middle, self.most) = (least, middle, most)
      precondition(isConsistent, "the course '\(name)' has lists of several lengths")
    }

    fileprivate var isConsistent: Bool { [least, middle, most].allSatisfy { $0.count == x.count } }

    /// Its three lists, each under its name.
    fileprivate var series: [Series] {
      [("", middle), ("least", least), ("most", most)].map { end, values in
        Series([name, end].filter { !$0.isEmpty }.joined(separator: ", "), x: x, y: values)
      }
    }
  }

  package let xAxis: Axis
  package let yAxis: Axis
  /// The courses, in the order in which they take their colours.
  package let courses: [Course]

  /// Courses over a common axis.
  public init(xAxis: Axis, yAxis: Axis, courses: [Course]) {
    (self.xAxis, self.yAxis, self.courses) = (xAxis, yAxis, courses)
  }
}

extension Figure {
  /// Courses with what they vary between.
  public init(title: String, band: Band) { self.init(title: title, content: .band(band)) }
}

extension Band: FigureKind {
  var isConsistent: Bool { courses.allSatisfy(\.isConsistent) }
  var hasData: Bool { courses.contains { !$0.x.isEmpty } }

  /// The same numbers as series: what is said of them in words and tables.
  private var numbers: PanelStack {
    PanelStack(panels: [Panel(yAxis: yAxis, series: courses.flatMap(\.series))], xAxis: xAxis)
  }

  var sentences: [String] { numbers.sentences }
  func tables(rowLimit: Int) -> [FigureTable] { numbers.tables(rowLimit: rowLimit) }
  var csvRows: [[String]]? { numbers.csvRows }

  var stack: PanelStack? {
    var axis = yAxis
    let ends = courses.flatMap { $0.least + $0.most }.filter(yAxis.canShow)
    axis.covering = ends.isEmpty ? yAxis.covering : ValueRange.of(ends, covering: yAxis.covering, axis: yAxis)
    let lines = courses.map { Series($0.name, x: $0.x, y: $0.middle) }
    return PanelStack(
      panels: [Panel(yAxis: axis, series: lines)], xAxis: xAxis, probed: numbers.panels
    ) { [courses, xAxis, yAxis] canvas, x, y in
      for (index, course) in courses.enumerated() {
        let style = SeriesStyle(index)
        let points = course.x.indices.map { point -> (low: Point, high: Point)? in
          let (position, low, high) = (course.x[point], course.least[point], course.most[point])
          guard xAxis.canShow(position), yAxis.canShow(low), yAxis.canShow(high) else { return nil }
          let place = x.position(position)
          return (Point(x: place, y: y.position(low)), Point(x: place, y: y.position(high)))
        }
        // A band ends where a number has no place; one of a single position is an upright line.
        for piece in points.split(whereSeparator: { $0 == nil }).map({ $0.compactMap(\.self) }) {
          var outline = PathData()
          outline.move(to: piece[0].low)
          for point in piece.map(\.high) + piece.map(\.low).reversed() { outline.line(to: point) }
          canvas.path(outline, "raw " + (piece.count == 1 ? style.stroke : style.text))
        }
      }
    }
  }

  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    stack?.draw(on: &canvas, top: top, mode: mode) ?? top
  }
}
