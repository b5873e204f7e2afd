/// Where and how a figure differs from the one that was expected.
package struct FigureDifference: Sendable, Equatable, CustomStringConvertible {
  /// Where: "panel 2, series 'validation', point 7".
  package var place: String
  package var expected: String
  package var found: String

  package var description: String { "\(place): expected \(expected), got \(found)" }
}

extension Figure {
  /// How the data of this figure differ from those of `expected`: for each series the first point that does, counted
  /// from 0.
  ///
  /// Numbers are the same when they differ by at most `absolute` or by at most `relative` times the greater
  /// magnitude; NaN is the same as NaN.
  package func differences(from expected: Figure, relative: Double = 0, absolute: Double = 0) -> [FigureDifference] {
    var comparison = Comparison(relative: relative, absolute: absolute)
    comparison.text("title", expected.title, title)
    switch (expected.content, content) {
    case (.panels(let left, let leftAxis), .panels(let right, let rightAxis)):
      comparison.axis("horizontal axis", leftAxis, rightAxis)
      comparison.each("panel", left, right) { $0.panel($1, $2, $3) }
    case (.bars(let left), .bars(let right)): comparison.bars(left, right)
    case (.histogram(let left), .histogram(let right)):
      comparison.axis("axis", left.axis, right.axis)
      comparison.numbers("edges", "edge", left.edges, right.edges)
      comparison.numbers("counts", "bin", left.counts.map(Double.init), right.counts.map(Double.init))
      comparison.text("values that are not finite", "\(left.notFinite)", "\(right.notFinite)")
    case (.heatMap(let left), .heatMap(let right)): comparison.heatMap(left, right)
    case (.images(let left), .images(let right)): comparison.images(left, right)
    case (let left, let right): comparison.text("kind of figure", left.kind, right.kind)
    }
    return comparison.differences
  }
}

extension Figure.Content {
  fileprivate var kind: String {
    switch self {
    case .panels: "panels"
    case .bars: "bars"
    case .histogram: "histogram"
    case .heatMap: "heat map"
    case .images: "images"
    }
  }
}

private struct Comparison {
  var relative: Double
  var absolute: Double
  var differences: [FigureDifference] = []

  mutating func text(_ place: String, _ expected: String, _ found: String) {
    if expected != found {
      differences.append(FigureDifference(place: place, expected: "'\(expected)'", found: "'\(found)'"))
    }
  }

  mutating func value(_ place: String, _ expected: some Equatable, _ found: some Equatable) {
    let (expected, found) = ("\(expected)", "\(found)")
    if expected != found { differences.append(FigureDifference(place: place, expected: expected, found: found)) }
  }

  /// The first of two lists' numbers that are not the same, or their lengths.
  mutating func numbers(_ place: String, _ item: String, _ expected: [Double], _ found: [Double]) {
    if let index = zip(expected, found).enumerated().first(where: { !isSameNumber($0.element.0, $0.element.1) })?.offset
    {
      value("\(place), \(item) \(index)", expected[index], found[index])
    } else {
      value("\(place), length", expected.count, found.count)
    }
  }

  private func isSameNumber(_ left: Double, _ right: Double) -> Bool {
    if isSame(left, right) { return true }
    guard left.isFinite, right.isFinite else { return false }
    let distance = abs(left - right)
    return distance <= absolute || distance <= relative * max(abs(left), abs(right))
  }

  mutating func each<Item>(
    _ name: String, _ expected: [Item], _ found: [Item], compare: (inout Comparison, String, Item, Item) -> Void
  ) {
    value("number of \(name)s", expected.count, found.count)
    for (index, pair) in zip(expected, found).enumerated() { compare(&self, "\(name) \(index)", pair.0, pair.1) }
  }

  mutating func axis(_ place: String, _ expected: Axis, _ found: Axis) {
    text(place, expected.title, found.title)
    value("\(place), scale", expected.scale, found.scale)
    value("\(place), notation", expected.notation, found.notation)
    numbers("\(place), covering", "end", expected.covering?.ends ?? [], found.covering?.ends ?? [])
    let (old, new) = (expected.alternative, found.alternative)
    text("\(place), other count", old?.label ?? "", new?.label ?? "")
    numbers("\(place), other count", "factor", old.map { [$0.factor] } ?? [], new.map { [$0.factor] } ?? [])
  }

  mutating func panel(_ place: String, _ expected: Panel, _ found: Panel) {
    axis("\(place), vertical axis", expected.yAxis, found.yAxis)
    each("\(place), line", expected.lines, found.lines) { comparison, place, left, right in
      comparison.text("\(place), label", left.label, right.label)
      comparison.value("\(place), role", left.role, right.role)
      comparison.numbers(place, "value", [left.value], [right.value])
    }
    value("\(place), metrics", expected.metrics ?? [], found.metrics ?? [])
    value("\(place), number of series", expected.series.count, found.series.count)
    for (left, right) in zip(expected.series, found.series) {
      let name = "\(place), series '\(left.name)'"
      text("\(name), name", left.name, right.name)
      numbers("\(name), horizontal", "point", left.x, right.x)
      numbers(name, "point", left.y, right.y)
      value("\(name), style", left.style, right.style)
      value("\(name), smoothing", left.smoothing, right.smoothing)
      value("\(name), mark", left.mark, right.mark)
    }
  }

  mutating func bars(_ expected: BarChart, _ found: BarChart) {
    axis("axis", expected.axis, found.axis)
    value("groups", expected.groups, found.groups)
    value("number of series", expected.series.count, found.series.count)
    for (left, right) in zip(expected.series, found.series) {
      let name = "series '\(left.name)'"
      text("\(name), name", left.name, right.name)
      numbers(name, "bar", left.values, right.values)
      numbers("\(name), errors", "end", left.errors.flatMap(\.ends), right.errors.flatMap(\.ends))
      text("\(name), range", left.rangeName ?? "", right.rangeName ?? "")
    }
  }

  mutating func heatMap(_ expected: HeatMap, _ found: HeatMap) {
    axis("axis", expected.axis, found.axis)
    value("row names", expected.rows, found.rows)
    value("column names", expected.columns, found.columns)
    text("row label", expected.rowLabel, found.rowLabel)
    text("column label", expected.columnLabel, found.columnLabel)
    value("showing mistakes", expected.showsMistakes, found.showsMistakes)
    for (index, rows) in zip(expected.values, found.values).enumerated() {
      let name = expected.rows.indices.contains(index) ? expected.rows[index] : "\(index)"
      numbers("row '\(name)'", "column", rows.0, rows.1)
    }
  }

  mutating func images(_ expected: ImageGrid, _ found: ImageGrid) {
    value("columns", expected.columns, found.columns)
    value("column titles", expected.columnTitles, found.columnTitles)
    value("row titles", expected.rowTitles, found.rowTitles)
    each("image", expected.cells, found.cells) { comparison, place, left, right in
      comparison.text("\(place), caption", left.caption, right.caption)
      let (leftSize, rightSize) = (left.image.sizeText, right.image.sizeText)
      comparison.text("\(place), size", leftSize, rightSize)
      guard leftSize == rightSize else { return }
      comparison.numbers(place, "byte", left.image.pixels.map(Double.init), right.image.pixels.map(Double.init))
    }
  }
}

extension ClosedRange<Double> { fileprivate var ends: [Double] { [lowerBound, upperBound] } }

extension PixelImage { fileprivate var sizeText: String { "\(height)×\(width)×\(channels)" } }
