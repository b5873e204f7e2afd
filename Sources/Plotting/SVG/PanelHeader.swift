/// The lines above a panel: what its vertical axis is, a legend where there are no direct labels, how a smoothed
/// course was made and what is missing.
struct PanelHeader {
  private struct Item {
    enum Kind {
      case title, note, missing
      case line(SeriesStyle)
      case dots(SeriesStyle)
    }

    var kind: Kind
    var text: String

    init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = TextMetrics.cut(text, to: Layout.width - 40)
    }

    /// What stands before the text.
    var indent: Double {
      switch kind {
      case .title, .note: 0
      case .missing: 16
      case .dots: 14
      case .line: 34
      }
    }

    var width: Double {
      let isBold = if case .title = kind { true } else { false }
      return indent + TextMetrics.width(text) * (isBold ? 1.06 : 1)
    }
  }

  private var items: [Item] = []

  init(panel: Panel, xAxis: Axis, hasDirectLabels: Bool, namesSmoothing: Bool = true) {
    let title = panel.yAxis.scale == .log ? panel.yAxis.title + ", log scale" : panel.yAxis.title
    if !title.isEmpty { items.append(Item(.title, title)) }
    // The only series of a panel may be called as its axis is.
    if !hasDirectLabels, panel.series.count > 1 || panel.series.first?.name != panel.yAxis.label {
      for (index, series) in panel.series.enumerated() {
        let style = SeriesStyle(index)
        items.append(Item(series.style == .points ? .dots(style) : .line(style), series.name))
      }
    }
    var methods: [String] = []
    for case let smoothing? in panel.series.map(\.smoothing) where !methods.contains(smoothing.name) {
      // Where readers choose the window, the page says which it is.
      if case .centred = smoothing, !namesSmoothing { continue }
      methods.append(smoothing.name)
    }
    items += methods.map { Item(.note, "line: \($0)") }
    let missing = panel.series.reduce(0) { $0 + $1.missingCount(xAxis: xAxis, yAxis: panel.yAxis) }
    if missing > 0 {
      let what = panel.yAxis.scale == .log || xAxis.scale == .log ? "without a place on the axis" : "not finite"
      items.append(Item(.missing, "\(missing) \(missing == 1 ? "value" : "values") \(what)"))
    }
  }

  /// Draws the items in as many lines as they need below `top` and returns where the panel may begin.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    var (x, y) = (0.0, top + 17)
    for item in items {
      if x > 0, x + item.width > Layout.width { (x, y) = (0, y + TextMetrics.lineHeight) }
      draw(item, at: Point(x: x, y: y), on: &canvas)
      x += item.width + 18
    }
    return items.isEmpty ? top + 10 : y + 16
  }

  private func draw(_ item: Item, at place: Point, on canvas: inout Canvas) {
    let middle = place.y - 5
    var textStyle = ""
    switch item.kind {
    case .title: textStyle = "ink strong"
    case .note: break
    case .missing:
      textStyle = "missingtext"
      canvas.path(.cross(at: Point(x: place.x + 5, y: middle)), "missing")
    case .dots(let style):
      textStyle = style.text
      var dot = PathData()
      dot.dot(at: Point(x: place.x + 4, y: middle))
      canvas.path(dot, "dots \(style.stroke)")
    case .line(let style):
      textStyle = style.text
      canvas.line(x1: place.x, y1: middle, x2: place.x + item.indent - 7, y2: middle, "line \(style.line)")
    }
    canvas.text(item.text, x: place.x + item.indent, y: place.y, textStyle)
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

  /// The style of the series at `index` in its panel. Colours repeat before dashes do, so that neither pair repeats
  /// soon.
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

  mutating func addCross(at point: Point) {
    segment(from: Point(x: point.x - 4, y: point.y - 4), to: Point(x: point.x + 4, y: point.y + 4))
    segment(from: Point(x: point.x - 4, y: point.y + 4), to: Point(x: point.x + 4, y: point.y - 4))
  }
}
