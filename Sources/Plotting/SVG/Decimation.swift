/// Thins points for drawing, never for anything else. What is drawn looks as if all were: in each column the first, the
/// least, the greatest and the last point of a line stay, in their order.
enum Decimation {
  /// How many points a figure draws at most, so that a file stays below 150 KB.
  private static let budget = 8000

  /// How many columns each of `lines` lines may have.
  static func columns(lines: Int) -> Int {
    // Each line may have its values and their smoothed course, with four points in a column.
    min(max(budget / (8 * max(lines, 1)), 20), 300)
  }

  /// The pieces of a line, thinned when they have more points than `columns` columns over `width` need.
  static func line(_ pieces: [[Point]], columns: Int, width: Double) -> [[Point]] {
    let count = pieces.reduce(0) { $0 + $1.count }
    guard count > 4 * columns else { return pieces }
    // Very many pieces are drawn as one: their gaps could not be seen, and each costs bytes.
    let pieces = pieces.count <= columns ? pieces : [pieces.flatMap { $0 }]
    return pieces.map { piece in
      let share = Double(piece.count) / Double(count) * Double(columns)
      return thin(piece, columnWidth: width / Double(columns), share: share)
    }
  }

  /// One piece, thinned in columns of a width. Points whose positions go back and forth are thinned in runs of equal
  /// length, as many as the piece's share of all columns.
  private static func thin(_ points: [Point], columnWidth: Double, share: Double) -> [Point] {
    let isAscending = zip(points, points.dropFirst()).allSatisfy { $0.x <= $1.x }
    func column(_ index: Int) -> Int {
      isAscending
        ? Int((points[index].x - points[0].x) / columnWidth) : Int(Double(index) / Double(points.count) * share)
    }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let current = column(start)
      var end = start + 1
      while end < points.count, column(end) == current { end += 1 }
      let least = (start..<end).min { points[$0].y < points[$1].y } ?? start
      let greatest = (start..<end).max { points[$0].y < points[$1].y } ?? start
      for index in Set([start, least, greatest, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }

  /// A line without the points that lie no further than `tolerance` from it (Douglas and Peucker, 1973).
  static func straightened(_ points: [Point], tolerance: Double) -> [Point] {
    guard points.count > 2 else { return points }
    var isKept = points.map { _ in false }
    (isKept[0], isKept[points.count - 1]) = (true, true)
    var stretches = [(first: 0, last: points.count - 1)]
    while let (first, last) = stretches.popLast() {
      guard last - first > 1 else { continue }
      let (start, end) = (points[first], points[last])
      let (width, height) = (end.x - start.x, end.y - start.y)
      let length = (width * width + height * height).squareRoot()
      var farthest = (index: first, distance: -1.0)
      for index in first + 1..<last {
        let (x, y) = (points[index].x - start.x, points[index].y - start.y)
        let distance = length > 0 ? abs(width * y - height * x) / length : (x * x + y * y).squareRoot()
        if distance > farthest.distance { farthest = (index, distance) }
      }
      guard farthest.distance > tolerance else { continue }
      isKept[farthest.index] = true
      stretches += [(first, farthest.index), (farthest.index, last)]
    }
    return zip(points, isKept).filter(\.1).map(\.0)
  }

  /// Single points, thinned where several would cover the same few units.
  static func points(_ points: [Point], limit: Int) -> [Point] {
    guard points.count > limit else { return points }
    var size = 1.0
    while true {
      var seen: Set<SIMD2<Int>> = []
      let kept = points.filter { seen.insert(SIMD2(Int($0.x / size), Int($0.y / size))).inserted }
      if kept.count <= limit || size > 200 { return kept }
      size *= 1.5
    }
  }
}
