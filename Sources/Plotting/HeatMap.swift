/// A matrix as coloured cells with their values, such as a confusion matrix.
public struct HeatMap: Codable, Sendable, Equatable {
  /// The rows' names, from top to bottom.
  package let rows: [String]
  /// The columns' names, from left to right.
  package let columns: [String]
  /// The values, row by row.
  package let values: [[Double]]
  /// What the rows are: "true class".
  package let rowLabel: String
  /// What the columns are: "predicted class".
  package let columnLabel: String
  /// What the values are and how they are written.
  package let axis: Axis
  /// Whether rows and columns are the same classes, and what is off the diagonal is mistaken: colours then show the mistakes alone, and
  /// classes that are taken for each other stand together.
  package var showsMistakes: Bool { mistakes ?? false }
  /// Whether it does, where it does.
  private let mistakes: Bool?

  private enum CodingKeys: String, CodingKey {
    case rows, columns, values, rowLabel, columnLabel, axis, mistakes = "showsMistakes"
  }

  /// A matrix with a name for each row and column; `axis` says what the values are and how they are written.
  ///
  /// Traps when the shapes of names and values differ, or when mistakes are to be shown of rows that are not the columns.
  public init(
    rows: [String], columns: [String], values: [[Double]], rowLabel: String, columnLabel: String,
    axis: Axis = .linear("count"), showsMistakes: Bool = false
  ) {
    precondition(values.count == rows.count, "a heat map has \(values.count) rows of values for \(rows.count) names")
    for (name, row) in zip(rows, values) {
      precondition(row.count == columns.count, "row '\(name)' has \(row.count) values for \(columns.count) columns")
    }
    precondition(
      !showsMistakes || rows == columns, "mistakes stand off the diagonal of a map whose rows are its columns")
    (self.rows, self.columns, self.values) = (rows, columns, values)
    (self.rowLabel, self.columnLabel, self.axis) = (rowLabel, columnLabel, axis)
    mistakes = showsMistakes ? true : nil
  }
}

extension HeatMap: FigureKind {
  var isConsistent: Bool {
    values.count == rows.count && values.allSatisfy { $0.count == columns.count } && (!showsMistakes || rows == columns)
  }
  var hasData: Bool { !rows.isEmpty && !columns.isEmpty }

  var sentences: [String] {
    var cells: [(row: Int, column: Int, value: Double)] = []
    for row in rows.indices {
      for column in columns.indices where values[row][column].isFinite {
        cells.append((row, column, values[row][column]))
      }
    }
    func place(_ cell: (row: Int, column: Int, value: Double)) -> String {
      "\(rowLabel) \(rows[cell.row]), \(columnLabel) \(columns[cell.column])"
    }
    var sentences = [
      "\(rowLabel) in \(rows.count) \(rows.count == 1 ? "row" : "rows") against \(columnLabel) in "
        + "\(columns.count) \(columns.count == 1 ? "column" : "columns")"
    ]
    let isSquare = rows == columns
    if isSquare, axis.notation == .plain, cells.allSatisfy({ $0.value >= 0 }) {
      let total = cells.reduce(0) { $0 + $1.value }
      let diagonal = cells.filter { $0.row == $0.column }.reduce(0) { $0 + $1.value }
      if total > 0 {
        let share = NumberText.fixed(diagonal / total * 100, 1)
        sentences.append("the diagonal holds \(axis.text(diagonal)) of \(axis.text(total)), \(share) %")
      }
    }
    let candidates = isSquare ? cells.filter { $0.row != $0.column } : cells
    if let largest = candidates.max(by: { $0.value < $1.value }) {
      let subject = isSquare ? "the greatest value off the diagonal" : "the greatest value"
      sentences.append("\(subject) is \(axis.text(largest.value)) at \(place(largest))")
    }
    return sentences
  }

  func tables(rowLimit: Int) -> [FigureTable] {
    let map = ordered
    return [
      FigureTable(
        caption: axis.tableTitle, headers: ["\(rowLabel) \\ \(columnLabel)"] + map.columns,
        rows: zip(map.rows, map.values).map { name, row in [name] + row.map(axis.tableText) })
    ]
  }

  var csvRows: [[String]]? {
    [["\(rowLabel) \\ \(columnLabel)"] + columns] + zip(rows, values).map { [$0] + $1.map(CSV.number) }
  }

  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    HeatMapDrawing(heatMap: self).draw(on: &canvas, top: top)
  }

  /// Whether a cell counts what is right, in a map that shows mistakes: it has no colour.
  func isRight(_ row: Int, _ column: Int) -> Bool { showsMistakes && row == column }

  /// The values that have a colour.
  var coloured: [Double] {
    values.enumerated().flatMap { row, values in values.enumerated().filter { !isRight(row, $0.offset) }.map(\.element)
    }
  }

  /// The map as it is shown: where it shows mistakes, with the classes in an order in which those that are taken for each other stand
  /// together; else as it is.
  ///
  /// Classes are joined as clusters by their mean of mistakes in either direction, the most mistaken first; of the four ways to put
  /// two clusters side by side, the one counts whose neighbours are mistaken most. The data keep their own order.
  var ordered: HeatMap {
    guard showsMistakes, rows.count > 2, rows.count <= 200 else { return self }
    let order = Self.order(values)
    return HeatMap(
      rows: order.map { rows[$0] }, columns: order.map { columns[$0] },
      values: order.map { row in order.map { values[row][$0] } }, rowLabel: rowLabel, columnLabel: columnLabel,
      axis: axis, showsMistakes: true)
  }

  private static func order(_ values: [[Double]]) -> [Int] {
    func mistakes(_ first: Int, _ second: Int) -> Double {
      let sum = values[first][second] + values[second][first]
      return sum.isFinite ? sum : 0
    }
    func mean(_ left: [Int], _ right: [Int]) -> Double {
      left.reduce(0) { sum, first in right.reduce(sum) { $0 + mistakes(first, $1) } } / Double(left.count * right.count)
    }
    var clusters = values.indices.map { [$0] }
    while clusters.count > 1 {
      var best = (first: 0, second: 1, mean: -Double.infinity)
      for first in clusters.indices {
        for second in clusters.indices.dropFirst(first + 1) {
          let mean = mean(clusters[first], clusters[second])
          if mean > best.mean { best = (first, second, mean) }
        }
      }
      let (left, right) = (clusters[best.first], clusters.remove(at: best.second))
      var joined = left + right
      var most = -Double.infinity
      for left in [left, left.reversed()] {
        for right in [right, right.reversed()] where mistakes(left[left.count - 1], right[0]) > most {
          most = mistakes(left[left.count - 1], right[0])
          joined = left + right
        }
      }
      clusters[best.first] = joined
    }
    return clusters[0]
  }
}
