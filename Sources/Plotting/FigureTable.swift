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

  /// Which of `count` rows are kept: all when they are few, else `limit` evenly spaced ones, and those that must be.
  static func kept(_ count: Int, limit: Int, must: (Int) -> Bool = { _ in false }) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    let spaced = Set((0..<limit).map { $0 * (count - 1) / (limit - 1) })
    return (0..<count).filter { spaced.contains($0) || must($0) }
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
