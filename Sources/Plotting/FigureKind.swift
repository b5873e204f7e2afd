import NbrunDiagnostics

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

extension Figure {
  /// What the figure shows, in sentences made from its data, for those who cannot see it: "Loss falls from 2.3 to
  /// 0.62 by epoch 10. Validation accuracy rises from 11.9 % to 66.9 % at epoch 7 and ends at 65 %."
  package var textAlternative: String {
    guard hasData else { return "No data." }
    return ControlCharacters.visible(content.kind.sentences.map(\.asSentence).joined(separator: " "))
  }

  /// The tables behind the figure: one for each panel, one for any other kind.
  ///
  /// A table longer than `rowLimit` keeps the first, the last and the marked rows and evenly spaced ones between.
  package func tables(rowLimit: Int = 50) -> [FigureTable] {
    content.kind.tables(rowLimit: max(rowLimit, 2))
  }

  /// The figure's data as comma-separated values (RFC 4180), all of them, for programs that read tables; of images their words, nil
  /// where they have none. Numbers have nine digits, more than a computation with single precision has; results have them whole.
  package var csv: String? {
    hasData ? content.kind.csvRows.map { CSV.text($0) } : nil
  }
}

extension String {
  /// The text with a capital letter at its start and a full stop at its end.
  fileprivate var asSentence: String {
    let ended = last.map { ".!?".contains($0) } ?? false ? self : self + "."
    return ended.prefix(1).uppercased() + ended.dropFirst()
  }
}
