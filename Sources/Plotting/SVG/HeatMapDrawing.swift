/// Draws a matrix as coloured cells, with their values where they fit.
struct HeatMapDrawing {
  private let heatMap: HeatMap
  private let rowNames: [String]
  private let columnTitles: ColumnTitles
  /// The distances from cell to cell, and where the first column begins.
  private let width: Double
  private let height: Double
  private let left: Double
  private let showsValues: Bool
  /// What the first and the last colour stand for.
  private let bounds: (low: Double, high: Double)

  private static let widest = 90.0
  private static let cellText = 20.0
  /// Up to this many cells without text show their value when a pointer rests on them; more would make a large file.
  private static let mostCells = 600

  init(heatMap: HeatMap) {
    let heatMap = heatMap.ordered
    self.heatMap = heatMap
    rowNames = heatMap.rows.map { TextMetrics.cut($0, to: 130) }
    left = (rowNames.map { TextMetrics.width($0) }.max() ?? 0) + 10
    let room = Layout.width - left
    let columns = Double(max(heatMap.columns.count, 1))
    columnTitles = ColumnTitles(heatMap.columns, width: min(room / columns, Self.widest))
    width = min((room - columnTitles.reach) / columns, Self.widest)
    height = min(max(width * 0.7, 8), 40)
    let shown = heatMap.values.joined().filter(heatMap.axis.canShow)
    let coloured = heatMap.coloured.filter(heatMap.axis.canShow)
    let (least, greatest) = (coloured.min() ?? 0, coloured.max() ?? 1)
    let low = heatMap.axis.scale == .linear ? min(least, 0) : least
    bounds = (low, max(greatest, low.nextUp))
    let widestValue = shown.map { TextMetrics.width(Self.cellText($0, heatMap.axis), size: Self.cellText) }.max() ?? 0
    showsValues = widestValue + 3 <= width && height >= 20
  }

  /// Draws below `top` and returns where the drawing ends.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    canvas.text(heatMap.rowLabel, x: 0, y: top + 17, "ink strong")
    let gridEnd = left + width * Double(heatMap.columns.count)
    let columnLabel = "\(heatMap.columnLabel) →"
    let labelEnd = max(gridEnd, min(Layout.width, left + TextMetrics.width(columnLabel) * 1.1))
    canvas.text(columnLabel, x: labelEnd, y: top + 17, "ink strong", anchor: .end)
    let y = top + 26 + columnTitles.height
    columnTitles.draw(on: &canvas, bottom: y, left: left + width / 2, pitch: width)
    let nameStep = max(1, Int((20 / height).rounded(.up)))
    for (row, name) in rowNames.enumerated() where row % nameStep == 0 {
      canvas.text(name, x: left - 8, y: y + (Double(row) + 0.5) * height, "", anchor: .end, centred: true)
    }
    if showsValues || rowNames.count * heatMap.columns.count <= Self.mostCells {
      for row in rowNames.indices {
        for column in heatMap.columns.indices { draw(row: row, column: column, top: y, on: &canvas) }
      }
    } else {
      drawRuns(top: y, on: &canvas)
    }
    let end = y + height * Double(rowNames.count)
    return showsValues ? end + 4 : drawKey(on: &canvas, top: end + 10)
  }

  private func draw(row: Int, column: Int, top: Double, on canvas: inout Canvas) {
    let value = heatMap.values[row][column]
    let title = "\(heatMap.rows[row]), \(heatMap.columns[column]): \(heatMap.axis.text(value))"
    let gap = width > 20 ? 1.5 : 0
    let inner = Rectangle(
      x: left + Double(column) * width, y: top + Double(row) * height, width: width - gap, height: height - gap)
    let centre = Point(x: inner.x + inner.width / 2, y: inner.y + inner.height / 2)
    let isRight = heatMap.isRight(row, column)
    guard let step = isRight ? 0 : step(of: value) else {
      canvas.rectangle(inner, "hover", title: title)
      canvas.path(.cross(at: centre), "missing")
      return
    }
    canvas.rectangle(inner, isRight ? "same" : "c\(step)", rounding: gap > 0 ? 2 : nil, title: title)
    guard showsValues else { return }
    canvas.text(
      Self.cellText(value, heatMap.axis), x: centre.x, y: centre.y, isRight ? "cell ink" : "cell v\(step)",
      anchor: .middle, centred: true)
  }

  /// Draws all cells of a colour as one path, in which neighbours in a row are one rectangle.
  private func drawRuns(top: Double, on canvas: inout Canvas) {
    var paths = [PathData](repeating: PathData(), count: Palette.cellCount + 1)
    for (row, values) in heatMap.values.enumerated() {
      let steps = values.enumerated().map { heatMap.isRight(row, $0) ? 0 : step(of: $1) ?? 0 }
      var start = 0
      for end in 1...steps.count where end == steps.count || steps[end] != steps[start] {
        paths[steps[start]].rectangle(
          Rectangle(
            x: left + Double(start) * width, y: top + Double(row) * height, width: Double(end - start) * width,
            height: height))
        start = end
      }
    }
    for (step, path) in paths.enumerated() where step > 0 { canvas.path(path, "c\(step)") }
  }

  /// A value as it stands in a cell: without its unit, which the table and the title say.
  private static func cellText(_ value: Double, _ axis: Axis) -> String {
    axis.notation == .percent ? String(NumberText.percent(value, 0).dropLast(2)) : NumberText.short(value, 2)
  }

  /// The colour of a value: the first for the least, or for zero where that is less, the last for the greatest.
  private func step(of value: Double) -> Int? {
    guard heatMap.axis.canShow(value) else { return nil }
    let projection = Projection(
      axis: heatMap.axis, domain: bounds.low...bounds.high, start: 0, end: Double(Palette.cellCount))
    return min(Int(projection.position(value)) + 1, Palette.cellCount)
  }

  /// What the colours mean, for cells too small for their values.
  private func drawKey(on canvas: inout Canvas, top: Double) -> Double {
    let lowText = heatMap.axis.text(bounds.low)
    var x = left
    canvas.text(lowText, x: x, y: top + 8, "", centred: true)
    x += TextMetrics.width(lowText) + 8
    for step in 1...Palette.cellCount {
      canvas.rectangle(Rectangle(x: x, y: top, width: 22, height: 16), "c\(step)")
      x += 22
    }
    canvas.text("\(heatMap.axis.text(bounds.high)) \(heatMap.axis.label)", x: x + 8, y: top + 8, "", centred: true)
    return top + 20
  }
}
