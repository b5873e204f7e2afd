/// The numbers behind a figure, as rows of text, for those who cannot see it or want to know exactly.
public struct FigureTable: Sendable, Equatable {
  /// What the table holds.
  public var caption: String
  /// The columns' headings. The first column names the rows.
  public var headers: [String]
  /// The rows, each as long as `headers`.
  public var rows: [[String]]
  /// How many rows were left out between those that are here.
  public var omittedRows: Int

  /// A table with the given rows.
  public init(caption: String, headers: [String], rows: [[String]], omittedRows: Int = 0) {
    self.caption = caption
    self.headers = headers
    self.rows = rows
    self.omittedRows = omittedRows
  }
}

extension Figure {
  /// The tables behind the figure: one for each panel, one for any other kind.
  ///
  /// A table longer than `rowLimit` keeps the first, the last and the marked rows and evenly spaced ones between.
  public func tables(rowLimit: Int = 50) -> [FigureTable] {
    switch content {
    case .panels(let panels, let xAxis):
      panels.map { $0.table(xAxis: xAxis, rowLimit: max(rowLimit, 2)) }
    case .bars(let chart): [chart.table]
    case .histogram(let histogram): [histogram.table]
    case .heatMap(let heatMap): [heatMap.table]
    case .images(let grid): [grid.table(rowLimit: max(rowLimit, 2))]
    }
  }
}

extension Panel {
  fileprivate func table(xAxis: Axis, rowLimit: Int) -> FigureTable {
    // One row for each position. A position that a series has twice takes two rows.
    var columns: [[Position: Double]] = []
    var positions: Set<Position> = []
    for series in series {
      var column: [Position: Double] = [:]
      var seen: [Double: Int] = [:]
      for (x, y) in zip(series.x, series.y) {
        let repetition = x.isNaN ? column.count : seen[x, default: 0]
        seen[x] = repetition + 1
        column[Position(x: x, repetition: repetition)] = y
      }
      positions.formUnion(column.keys)
      columns.append(column)
    }
    let sorted = positions.sorted()
    let marked = Set(series.compactMap { series in series.markedIndex.map { series.x[$0] } })
    let kept = FigureTable.kept(sorted.count, limit: rowLimit) { marked.contains(sorted[$0].x) }
    let rows = kept.map { index in
      [NumberText.short(sorted[index].x, 5)]
        + columns.map { column in
          column[sorted[index]].map { yAxis.text($0) } ?? ""
        }
    }
    let headers = [xAxis.title.isEmpty ? "position" : xAxis.title] + series.map(\.name)
    return FigureTable(
      caption: yAxis.title, headers: headers, rows: rows, omittedRows: sorted.count - rows.count)
  }

  /// A row's place: NaN stands behind all numbers.
  private struct Position: Hashable, Comparable {
    var x: Double
    var repetition: Int

    static func < (left: Position, right: Position) -> Bool {
      if left.x.isNaN != right.x.isNaN { return right.x.isNaN }
      return left.x == right.x || left.x.isNaN ? left.repetition < right.repetition : left.x < right.x
    }
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
  fileprivate var table: FigureTable {
    let headers = series.flatMap { $0.errors.isEmpty ? [$0.name] : [$0.name, "\($0.name), range"] }
    let rows = groups.indices.map { group in
      [groups[group]]
        + series.flatMap { series -> [String] in
          let value = series.value(group).map { axis.text($0) } ?? ""
          guard !series.errors.isEmpty else { return [value] }
          return [
            value, series.error(group).map { "\(axis.text($0.lowerBound)) to \(axis.text($0.upperBound))" } ?? "",
          ]
        }
    }
    return FigureTable(caption: axis.title, headers: [""] + headers, rows: rows)
  }
}

extension Histogram {
  fileprivate var table: FigureTable {
    let rows = counts.indices.map { bin in
      ["\(axis.text(edges[bin])) to \(axis.text(edges[bin + 1]))", String(counts[bin])]
    }
    return FigureTable(
      caption: axis.title, headers: [axis.title, "values"],
      rows: rows + (notFinite > 0 ? [["not finite", String(notFinite)]] : []))
  }
}

extension HeatMap {
  fileprivate var table: FigureTable {
    FigureTable(
      caption: axis.title, headers: ["\(rowLabel) \\ \(columnLabel)"] + columns,
      rows: zip(rows, values).map { name, row in [name] + row.map { axis.text($0) } })
  }
}

extension ImageGrid {
  fileprivate func table(rowLimit: Int) -> FigureTable {
    let kept = FigureTable.kept(cells.count, limit: rowLimit)
    let rows = kept.map { index in
      let (row, column) = (index / max(columns, 1), index % max(columns, 1))
      let titles = [
        rowTitles.indices.contains(row) ? rowTitles[row] : "",
        columnTitles.indices.contains(column) ? columnTitles[column] : "",
        cells[index].caption.split(separator: "\n").joined(separator: ", "),
      ]
      let image = cells[index].image
      let size = "\(image.width)×\(image.height) \(image.channels == 1 ? "grey" : "colour")"
      return [String(index + 1), titles.filter { !$0.isEmpty }.joined(separator: ", "), size]
    }
    return FigureTable(
      caption: "images", headers: ["image", "caption", "size"], rows: rows, omittedRows: cells.count - rows.count)
  }
}
