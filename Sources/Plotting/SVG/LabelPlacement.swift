/// Finds places for labels inside a drawing: the first of a label's candidates that covers least.
struct LabelPlacement {
  private let frame: Rectangle
  private var points: [Point] = []
  private var taken: [Rectangle] = []

  init(frame: Rectangle) { self.frame = frame }

  /// Lines and points that labels are not to cover. Lines are known by points along them.
  mutating func avoid(_ line: [Point]) {
    for (start, end) in zip(line, line.dropFirst()) {
      let steps = max(1, Int(max(abs(end.x - start.x), abs(end.y - start.y)) / 6))
      for step in 0..<steps {
        let part = Double(step) / Double(steps)
        points.append(Point(x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y)))
      }
    }
    if let last = line.last { points.append(last) }
  }

  /// A place that nothing else may have.
  mutating func take(_ rectangle: Rectangle) { taken.append(rectangle) }

  /// Where a label of the given width stands best near one of `anchors`, which are its centres in order of preference;
  /// the place is taken.
  mutating func place(width: Double, near anchors: [Point]) -> Point {
    let height = TextMetrics.lineHeight - 3
    let inside = frame.grown(by: 2)
    func box(_ centre: Point) -> Rectangle {
      // A label that would stick out at a side is moved in.
      let low = frame.x + width / 2
      let x = min(max(centre.x, low), max(low, frame.maxX - width / 2))
      return Rectangle(x: x - width / 2, y: centre.y - height / 2, width: width, height: height)
    }
    func cost(_ box: Rectangle) -> Int {
      points.count { box.contains($0) } + 50 * taken.count { box.overlaps($0) } + (inside.contains(box) ? 0 : 200)
    }
    let boxes = anchors.map(box)
    let costs = boxes.map(cost)
    let best = costs.indices.min { (costs[$0], $0) < (costs[$1], $1) } ?? 0
    guard boxes.indices.contains(best) else { return Point(x: frame.x, y: frame.y) }
    taken.append(boxes[best])
    return Point(x: boxes[best].x + width / 2, y: boxes[best].y + height / 2)
  }
}
