/// The lines above a panel: what its vertical axis is, a legend where there are no direct labels, what is faint and what is
/// missing.
struct PanelHeader {
  private enum Item {
    case title(String)
    case key(String, series: Int)
    case note(String)
    case missing(String)

    var text: String {
      switch self {
      case .title(let text), .key(let text, _), .note(let text), .missing(let text): text
      }
    }

    /// The width with what stands before the text.
    var width: Double {
      switch self {
      case .title(let text): TextMetrics.width(text) * 1.06
      case .key(let text, _): TextMetrics.width(text) + 34
      case .note(let text): TextMetrics.width(text)
      case .missing(let text): TextMetrics.width(text) + 16
      }
    }
  }

  private var items: [Item] = []

  init(panel: Panel, xAxis: Axis, hasDirectLabels: Bool) {
    let title = panel.yAxis.scale == .log ? panel.yAxis.title + ", log scale" : panel.yAxis.title
    if !title.isEmpty { items.append(.title(title)) }
    if !hasDirectLabels {
      for (index, series) in panel.series.enumerated() where panel.series.count > 1 || series.name != panel.yAxis.label
      {
        items.append(.key(series.name, series: index))
      }
    }
    var methods: [String] = []
    for series in panel.series {
      if let name = series.smoothing?.name, !methods.contains(name) { methods.append(name) }
    }
    items += methods.map { .note("line: \($0)") }
    let missing = panel.series.reduce(0) { $0 + $1.missingCount(xAxis: xAxis, yAxis: panel.yAxis) }
    if missing > 0 {
      let what = panel.yAxis.scale == .log || xAxis.scale == .log ? "without a place on the axis" : "not finite"
      items.append(.missing("\(missing) \(missing == 1 ? "value" : "values") \(what)"))
    }
    items = items.map { item in
      let text = TextMetrics.cut(item.text, to: Layout.width - 40)
      return switch item {
      case .title: .title(text)
      case .key(_, let series): .key(text, series: series)
      case .note: .note(text)
      case .missing: .missing(text)
      }
    }
  }

  /// Draws the items in as many lines as they need below `top` and returns where the panel may begin.
  mutating func draw(on canvas: inout Canvas, top: Double) -> Double {
    var (x, y) = (0.0, top + 17)
    for item in items {
      if x > 0, x + item.width > Layout.width { (x, y) = (0, y + TextMetrics.lineHeight) }
      switch item {
      case .title(let text): canvas.text(text, x: x, y: y, "ink strong")
      case .note(let text): canvas.text(text, x: x, y: y, "")
      case .missing(let text):
        canvas.path(.cross(at: Point(x: x + 5, y: y - 5)), "missing")
        canvas.text(text, x: x + 16, y: y, "missingtext")
      case .key(let text, let series):
        let style = SeriesStyle(series)
        canvas.line(x1: x, y1: y - 5, x2: x + 27, y2: y - 5, "line \(style.line)")
        canvas.text(text, x: x + 34, y: y, style.text)
      }
      x += item.width + 18
    }
    return items.isEmpty ? top + 10 : y + 16
  }
}

/// The classes of a series: its colour and its dashes.
struct SeriesStyle {
  /// The class of its colour as a stroke and of its dashes.
  let line: String
  /// The class of its colour as a stroke alone.
  let stroke: String
  /// The class of its colour as a fill, for text and bars.
  let text: String

  /// The style of the series at `index` in its panel. Colours repeat before dashes do, so that neither pair repeats soon.
  init(_ index: Int) {
    let colour = index % Palette.seriesCount + 1
    let dash = (index + index / Palette.seriesCount) % Palette.dashes.count + 1
    stroke = "s\(colour)"
    line = "s\(colour) d\(dash)"
    text = "f\(colour)"
  }
}

extension Series {
  /// How many points have no place on the axes.
  func missingCount(xAxis: Axis, yAxis: Axis) -> Int {
    zip(x, y).reduce(0) { $0 + (xAxis.canShow($1.0) && yAxis.canShow($1.1) ? 0 : 1) }
  }
}

extension PathData {
  /// A small cross, where a value is missing.
  static func cross(at point: Point) -> PathData {
    var path = PathData()
    path.addCross(at: point)
    return path
  }

  /// Adds a small cross.
  mutating func addCross(at point: Point) {
    move(to: Point(x: point.x - 4, y: point.y - 4))
    line(to: Point(x: point.x + 4, y: point.y + 4))
    move(to: Point(x: point.x - 4, y: point.y + 4))
    line(to: Point(x: point.x + 4, y: point.y - 4))
  }
}
