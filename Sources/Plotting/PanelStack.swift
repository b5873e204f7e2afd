/// Panels one above the other that share one horizontal axis.
struct PanelStack: FigureKind {
  let panels: [Panel]
  let xAxis: Axis
  /// What is told of each place, where that is more than what the panels show as series.
  var probed: [Panel]?
  /// Draws what stands below the series of a panel.
  var underlay: @Sendable (_ canvas: inout Canvas, _ x: Projection, _ y: Projection) -> Void = { _, _, _ in }

  var stack: PanelStack? { self }
  var isConsistent: Bool { panels.allSatisfy { $0.series.allSatisfy { $0.x.count == $0.y.count } } }
  var hasData: Bool { panels.contains { $0.series.contains { !$0.y.isEmpty } } }
  var sentences: [String] { panels.flatMap { $0.sentences(xAxis: xAxis) } }
  func tables(rowLimit: Int) -> [FigureTable] { panels.map { $0.table(xAxis: xAxis, rowLimit: rowLimit) } }

  var csvRows: [[String]]? {
    let series = panels.flatMap(\.series)
    let names = panels.flatMap { panel in panel.series.map { $0.subject(yAxis: panel.yAxis) } }
    let rows = PanelRows(series)
    let title = xAxis.title.isEmpty ? "position" : xAxis.title
    let lines = rows.positions.indices.map { row -> [String] in
      // Counted in the unit that makes positions whole, where there is one: the other says the same with more digits.
      let position = rows.positions[row] * (xAxis.alternative?.factor ?? 1)
      let cell = xAxis.alternative == nil ? NumberText.plain(position, 6) : CSV.number((position * 1e6).rounded() / 1e6)
      return [cell] + rows.values(row).map { $0.map(CSV.number) ?? "" }
    }
    let header = xAxis.alternative.map { "\($0.label) (\(CSV.number($0.factor)) in each \(title))" } ?? title
    return [[header] + names] + lines
  }
}
