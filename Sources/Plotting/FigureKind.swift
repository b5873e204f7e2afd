/// What a figure shows, with all that is made of it. A new kind is a file with such a type, and a case of `Figure.Content`.
protocol FigureKind: Sendable {
  /// Whether its parts fit together, as its initialiser demands: a file may hold any.
  var isConsistent: Bool { get }
  /// Whether there is anything to show.
  var hasData: Bool { get }
  /// What it shows in words, without the ends of sentences.
  var sentences: [String] { get }
  /// The numbers behind it for people.
  /// - Parameter rowLimit: how many rows a table has at most, save those that must be there; at least 2.
  func tables(rowLimit: Int) -> [FigureTable]
  /// The panels that it is drawn as, of which a page tells what is at each place; nil where it is drawn otherwise.
  var stack: PanelStack? { get }
  /// All its numbers for programs, below their headings; nil where there are none.
  var csvRows: [[String]]? { get }
  /// Draws it below `top`.
  /// - Returns: where it ends.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double
}

extension FigureKind {
  var stack: PanelStack? { nil }
}

extension Figure.Content {
  var kind: any FigureKind {
    switch self {
    case .panels(let panels, let xAxis): PanelStack(panels: panels, xAxis: xAxis)
    case .band(let band): band
    case .bars(let chart): chart
    case .histogram(let histogram): histogram
    case .heatMap(let heatMap): heatMap
    case .images(let grid): grid
    }
  }
}

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
}

extension BarChart: FigureKind {
  var isConsistent: Bool { series.allSatisfy { $0.values.count == groups.count } }
  var hasData: Bool { !groups.isEmpty && !series.isEmpty }
}

extension Histogram: FigureKind {
  var isConsistent: Bool {
    (counts.isEmpty ? edges.isEmpty : edges.count == counts.count + 1) && zip(edges, edges.dropFirst()).allSatisfy(<)
  }
  var hasData: Bool { !counts.isEmpty }
}

extension HeatMap: FigureKind {
  var isConsistent: Bool {
    values.count == rows.count && values.allSatisfy { $0.count == columns.count } && (!showsMistakes || rows == columns)
  }
  var hasData: Bool { !rows.isEmpty && !columns.isEmpty }

  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    HeatMapDrawing(heatMap: self).draw(on: &canvas, top: top)
  }
}

extension ImageGrid: FigureKind {
  var isConsistent: Bool {
    columns >= 1 && (columnTitles.isEmpty || columnTitles.count == columns) && cells.allSatisfy(\.image.isConsistent)
  }
  var hasData: Bool { !cells.isEmpty }
}
