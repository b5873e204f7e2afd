extension HeatMap {
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
