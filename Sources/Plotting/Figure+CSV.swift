extension Figure {
  /// The figure's data as comma-separated values (RFC 4180), all of them, for programs that read tables; of images their words, nil
  /// where they have none. Numbers have nine digits, more than a computation with single precision has; results have them whole.
  package var csv: String? {
    guard hasData else { return nil }
    switch content {
    case .panels(let panels, let xAxis): return Self.csv(panels, xAxis: xAxis)
    case .bars(let chart): return chart.csv
    case .histogram(let histogram): return histogram.csv
    case .heatMap(let heatMap):
      let rows = zip(heatMap.rows, heatMap.values).map { [$0] + $1.map(Self.number) }
      return Self.csv([["\(heatMap.rowLabel) \\ \(heatMap.columnLabel)"] + heatMap.columns] + rows)
    case .images: return tables(rowLimit: 1 << 30).first.map { Self.csv([$0.headers] + $0.rows) }
    }
  }

  private static func csv(_ panels: [Panel], xAxis: Axis) -> String {
    let series = panels.flatMap(\.series)
    let names = panels.flatMap { panel in panel.series.map { $0.subject(yAxis: panel.yAxis) } }
    let rows = PanelRows(series)
    let title = xAxis.title.isEmpty ? "position" : xAxis.title
    let lines = rows.positions.indices.map { row -> [String] in
      // Counted in the unit that makes positions whole, where there is one: the other says the same with more digits.
      let position = rows.positions[row] * (xAxis.alternative?.factor ?? 1)
      let cell = xAxis.alternative == nil ? NumberText.plain(position, 6) : number((position * 1e6).rounded() / 1e6)
      return [cell] + rows.values(row).map { $0.map(number) ?? "" }
    }
    let header = xAxis.alternative.map { "\($0.label) (\(number($0.factor)) in each \(title))" } ?? title
    return csv([[header] + names] + lines)
  }

  fileprivate static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// A cell, between quotation marks where it would end too early.
  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// A value with up to nine digits; whole ones without a point.
  fileprivate static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? NumberText.fixed(value, 0) : NumberText.plain(value, 9)
  }
}

extension BarChart {
  fileprivate var csv: String {
    let header = series.flatMap { series in
      series.errors.isEmpty ? [series.name] : [series.name, "\(series.name), from", "\(series.name), to"]
    }
    let rows = groups.indices.map { group in
      [groups[group]]
        + series.flatMap { series -> [String] in
          let value = series.value(group).map(Figure.number) ?? ""
          guard !series.errors.isEmpty else { return [value] }
          let error = series.error(group)
          return [
            value, error.map { Figure.number($0.lowerBound) } ?? "", error.map { Figure.number($0.upperBound) } ?? "",
          ]
        }
    }
    return Figure.csv([["group"] + header] + rows)
  }
}

extension Histogram {
  fileprivate var csv: String {
    let rows = counts.indices.map { [Figure.number(edges[$0]), Figure.number(edges[$0 + 1]), String(counts[$0])] }
    return Figure.csv([["\(axis.title), from", "\(axis.title), to", "values"]] + rows)
  }
}
