/// The lines above a panel: what its vertical axis is, a legend where there are no direct labels, how a smoothed
/// course was made and what is missing.
struct PanelHeader {
  private struct Item {
    /// What is drawn before the text, with the class of its look.
    enum Sign {
      case none, cross
      case dot(String)
      case line(String)
    }

    var text: String
    /// The class of the text's look.
    var style = ""
    var sign = Sign.none
    /// The room of the sign.
    var indent = 0.0
    var width: Double { indent + TextMetrics.width(text) * (style == "ink strong" ? 1.06 : 1) }
  }

  private var items: [Item] = []

  init(panel: Panel, xAxis: Axis, hasDirectLabels: Bool, namesSmoothing: Bool = true) {
    let title = panel.yAxis.scale == .log ? panel.yAxis.title + ", log scale" : panel.yAxis.title
    if !title.isEmpty { items.append(Item(text: title, style: "ink strong")) }
    // The only series of a panel may be called as its axis is.
    if !hasDirectLabels, panel.series.count > 1 || panel.series.first?.name != panel.yAxis.label {
      for (index, series) in panel.series.enumerated() {
        let style = SeriesStyle(index)
        items.append(
          series.style == .points
            ? Item(text: series.name, style: style.text, sign: .dot(style.stroke), indent: 14)
            : Item(text: series.name, style: style.text, sign: .line(style.line), indent: 34))
      }
    }
    var methods: [String] = []
    for case let smoothing? in panel.series.map(\.smoothing) where !methods.contains(smoothing.name) {
      // Where readers choose the window, the page says which it is.
      if case .centred = smoothing, !namesSmoothing { continue }
      methods.append(smoothing.name)
    }
    items += methods.map { Item(text: "line: \($0)") }
    let points = panel.series.flatMap { zip($0.x, $0.y) }
    let missing = points.count { !xAxis.canShow($0.0) || !panel.yAxis.canShow($0.1) }
    if missing > 0 {
      let what = panel.yAxis.scale == .log || xAxis.scale == .log ? "without a place on the axis" : "not finite"
      let text = "\(missing) \(missing == 1 ? "value" : "values") \(what)"
      items.append(Item(text: text, style: "missingtext", sign: .cross, indent: 16))
    }
    for index in items.indices { items[index].text = TextMetrics.cut(items[index].text, to: Layout.width - 40) }
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
    switch item.sign {
    case .none: break
    case .cross: canvas.path(.cross(at: Point(x: place.x + 5, y: middle)), "missing")
    case .dot(let style):
      var dot = PathData()
      dot.dot(at: Point(x: place.x + 4, y: middle))
      canvas.path(dot, "dots \(style)")
    case .line(let style):
      canvas.line(x1: place.x, y1: middle, x2: place.x + item.indent - 7, y2: middle, "line \(style)")
    }
    canvas.text(item.text, x: place.x + item.indent, y: place.y, item.style)
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
