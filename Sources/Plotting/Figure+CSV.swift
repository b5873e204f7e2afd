extension Figure {
  /// The figure's data as comma-separated values (RFC 4180), all of them, for programs that read tables; of images their words, nil
  /// where they have none. Numbers have nine digits, more than a computation with single precision has; results have them whole.
  package var csv: String? {
    hasData ? content.kind.csvRows.map { CSV.text($0) } : nil
  }
}

/// Tables as comma-separated values (RFC 4180).
package enum CSV {
  /// The text of `rows`, which end with `lineEnd`.
  package static func text(_ rows: [[String]], lineEnd: String = "\n") -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + lineEnd }.joined()
  }

  /// A cell, between quotation marks where it would end too early.
  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// A value with up to nine digits; whole ones without a point.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? NumberText.fixed(value, 0) : NumberText.plain(value, 9)
  }
}

extension PanelStack {
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

extension BarChart {
  var csvRows: [[String]]? {
    let header = series.flatMap { series in
      series.errors.isEmpty ? [series.name] : [series.name, "\(series.name), from", "\(series.name), to"]
    }
    let rows = groups.indices.map { group in
      [groups[group]]
        + series.flatMap { series -> [String] in
          let value = series.value(group).map(CSV.number) ?? ""
          guard !series.errors.isEmpty else { return [value] }
          let error = series.error(group)
          return [
            value, error.map { CSV.number($0.lowerBound) } ?? "", error.map { CSV.number($0.upperBound) } ?? "",
          ]
        }
    }
    return [["group"] + header] + rows
  }
}

extension Histogram {
  var csvRows: [[String]]? {
    let rows = counts.indices.map { [CSV.number(edges[$0]), CSV.number(edges[$0 + 1]), String(counts[$0])] }
    return [["\(axis.title), from", "\(axis.title), to", "values"]] + rows
  }
}

extension HeatMap {
  var csvRows: [[String]]? {
    [["\(rowLabel) \\ \(columnLabel)"] + columns] + zip(rows, values).map { [$0] + $1.map(CSV.number) }
  }
}

extension ImageGrid {
  var csvRows: [[String]]? { tables(rowLimit: .max).first.map { [$0.headers] + $0.rows } }
}
