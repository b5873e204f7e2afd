/// The numbers behind a figure, as rows of text, for those who cannot see it or want to know exactly.
package struct FigureTable: Sendable, Equatable {
  /// What the table holds.
  package var caption: String
  /// The columns' headings. The first column names the rows.
  package var headers: [String]
  /// The rows, each as long as `headers`.
  package var rows: [[String]]
  /// How many rows were left out between those that are here.
  package var omittedRows = 0
}

extension Figure {
  /// The tables behind the figure: one for each panel, one for any other kind.
  ///
  /// A table longer than `rowLimit` keeps the first, the last and the marked rows and evenly spaced ones between.
  package func tables(rowLimit: Int = 50) -> [FigureTable] {
    content.kind.tables(rowLimit: max(rowLimit, 2))
  }
}

extension PanelStack {
  func tables(rowLimit: Int) -> [FigureTable] { panels.map { $0.table(xAxis: xAxis, rowLimit: rowLimit) } }
}

extension Panel {
  fileprivate func table(xAxis: Axis, rowLimit: Int) -> FigureTable {
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

/// The values of several series beside each other: one row for each position that any of them has, ascending. A
/// position that a series has twice takes two rows; NaN stands behind all numbers.
struct PanelRows {
  var positions: [Double] = []
  /// For each series the index of its value in each row.
  private var indices: [[Int?]]
  private let series: [Series]

  init(_ series: [Series]) {
    self.series = series
    indices = series.map { _ in [] }
    // Each series' points in the order of their positions, and how many of them stand in rows already.
    let orders = series.map { series in
      series.x.indices.sorted { left, right in
        let (first, second) = (series.x[left], series.x[right])
        if first.isNaN || second.isNaN { return first.isNaN == second.isNaN ? left < right : second.isNaN }
        return (first, left) < (second, right)
      }
    }
    var next = series.map { _ in 0 }
    while true {
      let candidates = series.indices.filter { next[$0] < orders[$0].count }
      if candidates.isEmpty { return }
      let waiting = candidates.map { series[$0].x[orders[$0][next[$0]]] }
      let position = waiting.filter { !$0.isNaN }.min() ?? .nan
      positions.append(position)
      for index in series.indices { indices[index].append(nil) }
      for (candidate, place) in zip(candidates, waiting) where place == position || (place.isNaN && position.isNaN) {
        indices[candidate][positions.count - 1] = orders[candidate][next[candidate]]
        next[candidate] += 1
      }
    }
  }

  /// The value of each series in a row, nil where it has none.
  func values(_ row: Int) -> [Double?] {
    zip(series, indices).map { series, indices in indices[row].map { series.y[$0] } }
  }
}

extension FigureTable {
  /// Which of `count` rows are kept: all when they are few, else `limit` evenly spaced ones, and those that must be.
  fileprivate static func kept(_ count: Int, limit: Int, must: (Int) -> Bool = { _ in false }) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    let spaced = Set((0..<limit).map { $0 * (count - 1) / (limit - 1) })
    return (0..<count).filter { spaced.contains($0) || must($0) }
  }
}

extension BarChart {
  func tables(rowLimit: Int) -> [FigureTable] {
    let hasRatios = groups.indices.contains { ratio($0) != nil }
    var headers = series.flatMap {
      $0.errors.isEmpty ? [$0.name] : [$0.name, "\($0.name), \($0.rangeName ?? "range")"]
    }
    if hasRatios { headers.append("\(series[0].name) / \(series[1].name)") }
    let rows = groups.indices.map { group in
      var row = [groups[group]]
      for series in series {
        row.append(series.value(group).map(axis.tableText) ?? "")
        guard !series.errors.isEmpty else { continue }
        row.append(
          series.error(group).map { "\(axis.tableText($0.lowerBound)) to \(axis.tableText($0.upperBound))" } ?? "")
      }
      if hasRatios { row.append(ratio(group).map { NumberText.short($0) } ?? "") }
      return row
    }
    return [FigureTable(caption: axis.tableTitle, headers: [""] + headers, rows: rows)]
  }
}

extension Histogram {
  func tables(rowLimit: Int) -> [FigureTable] {
    let rows = counts.indices.map { bin in
      ["\(axis.tableText(edges[bin])) to \(axis.tableText(edges[bin + 1]))", String(counts[bin])]
    }
    return [
      FigureTable(
        caption: axis.tableTitle, headers: [axis.label, "values"],
        rows: rows + (notFinite > 0 ? [["not finite", String(notFinite)]] : []))
    ]
  }
}

extension HeatMap {
  func tables(rowLimit: Int) -> [FigureTable] {
    let map = ordered
    return [
      FigureTable(
        caption: axis.tableTitle, headers: ["\(rowLabel) \\ \(columnLabel)"] + map.columns,
        rows: zip(map.rows, map.values).map { name, row in [name] + row.map(axis.tableText) })
    ]
  }
}

extension ImageGrid {
  func tables(rowLimit: Int) -> [FigureTable] {
    // Of images without a word to any, the text alternative says all there is.
    if cells.allSatisfy(\.caption.isEmpty), rowTitles.isEmpty, columnTitles.isEmpty { return [] }
    let kept = FigureTable.kept(cells.count, limit: rowLimit)
    let sizes = Set(cells.map { Self.size(of: $0.image) })
    let rows = kept.map { index -> [String] in
      let (row, column) = (index / width, index % width)
      let titles = [
        rowTitles.indices.contains(row) ? rowTitles[row] : "",
        columnTitles.indices.contains(column) ? columnTitles[column] : "",
        cells[index].caption.split(separator: "\n").joined(separator: ", "),
      ]
      return [String(index + 1), titles.filter { !$0.isEmpty }.joined(separator: ", ")]
        + (sizes.count > 1 ? [Self.size(of: cells[index].image)] : [])
    }
    // A size that all have is said once.
    return [
      FigureTable(
        caption: sizes.count == 1 ? "images, \(sizes.first ?? "")" : "images",
        headers: ["image", "caption"] + (sizes.count > 1 ? ["size"] : []), rows: rows,
        omittedRows: cells.count - rows.count)
    ]
  }

  private static func size(of image: PixelImage) -> String {
    "\(image.width)×\(image.height) \(image.channels == 1 ? "grey" : "colour")"
  }
}

extension Axis {
  /// The label with the unit that all values of a table have.
  fileprivate var tableTitle: String { notation == .percent ? "\(label) (%)" : title }

  /// A value as a table shows it: without its unit, which stands above.
  fileprivate func tableText(_ value: Double) -> String {
    notation == .percent && value.isFinite ? NumberText.fixed(value * 100, 1) : NumberText.short(value)
  }
}
