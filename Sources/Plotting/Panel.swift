/// One plot of a figure: series over the figure's horizontal axis and the panel's own vertical one.
public struct Panel: Codable, Sendable, Equatable {
  package var yAxis: Axis
  /// The series, in the order in which they take their colours.
  package var series: [Series]
  package var lines: [ReferenceLine]
  /// The metrics of its cell that it shows, by their keys: a report draws what is claimed of them as lines; nil for none.
  package var metrics: [String]?

  /// A panel of series, with horizontal lines where wanted.
  public init(yAxis: Axis, series: [Series], lines: [ReferenceLine] = [], metrics: [String]? = nil) {
    self.yAxis = yAxis
    self.series = series
    self.lines = lines
    self.metrics = metrics
  }

  func sentences(xAxis: Axis) -> [String] {
    series.map { $0.sentence(xAxis: xAxis, yAxis: yAxis) }
      + lines.filter { yAxis.canShow($0.value) }.map { "a line at \(yAxis.text($0.value)) shows \($0.label)" }
  }

  func table(xAxis: Axis, rowLimit: Int) -> FigureTable {
    let rows = PanelRows(series)
    let marked = Set(series.compactMap { series in series.markedIndex.map { series.x[$0] } })
    let kept = FigureTable.kept(rows.positions.count, limit: rowLimit) { marked.contains(rows.positions[$0]) }
    return FigureTable(
      caption: yAxis.tableTitle, headers: [xAxis.title.isEmpty ? "position" : xAxis.title] + series.map(\.name),
      rows: kept.map { row in
        [NumberText.short(rows.positions[row], 5)] + rows.values(row).map { $0.map(yAxis.tableText) ?? "" }
      }, omittedRows: rows.positions.count - kept.count)
  }
}

/// A horizontal line across a panel: a claim's limit, a published figure, chance.
public struct ReferenceLine: Codable, Sendable, Equatable {
  /// Where it crosses the vertical axis.
  package var value: Double
  /// What it stands for.
  package var label: String
  package var role: Role { givenRole ?? .goal }
  /// What the line is where it is no goal.
  private var givenRole: Role?

  /// What a line is to the data.
  public enum Role: String, Codable, Sendable {
    /// What is to be reached.
    case goal
    /// What was to be reached and was not.
    case missed
    /// What would be there anyhow, such as by guessing.
    case baseline
  }

  /// A line at `value`, with its label beside it.
  public init(_ value: Double, label: String, role: Role = .goal) {
    self.value = value
    self.label = label
    givenRole = role == .goal ? nil : role
  }

  private enum CodingKeys: String, CodingKey { case value, label, givenRole = "role" }
}
