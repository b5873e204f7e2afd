/// The names of a panel's series at the right ends of their lines, where that reads better than a legend.
struct DirectLabels {
  /// Whether there is room; otherwise the panel's header has a legend.
  let areShown: Bool
  /// The width they need beside the panel.
  let width: Double

  /// The distance between the end of a line and its label.
  private static let distance = 12.0
  /// How near to the panel's edge a line ends whose label stands beside the panel.
  static let edge = 20.0
  /// The longest label that stands beside a panel: longer ones would make it narrow.
  private static let longest = 130.0

  init(panel: Panel, height: Double) {
    let widths = panel.series.map { TextMetrics.width($0.name) }
    let fits = (widths.max() ?? 0) <= Self.longest && Double(widths.count) * TextMetrics.lineHeight <= height
    // The only series of a panel is named in its header, where its name takes no width from the drawing.
    areShown = panel.series.count > 1 && fits
    width = areShown ? (widths.max() ?? 0) + Self.distance : 0
  }

  /// The heights of the labels, each as near to its series' end as the others let it.
  func heights(_ ends: [(name: String, end: Point, series: Int)], frame: Rectangle) -> [Double] {
    let half = TextMetrics.lineHeight / 2
    // Inside of the frame none may stand on its edge.
    let slack = ends.contains { frame.maxX - $0.end.x > Self.edge } ? 0.0 : 6
    return Self.spread(
      ends.map(\.end.y), distance: TextMetrics.lineHeight - 3,
      within: (frame.y + half - slack)...(frame.maxY - half + slack))
  }

  /// Draws the labels to the right of `frame`, or of a line that ends long before its edge.
  func draw(_ ends: [(name: String, end: Point, series: Int)], frame: Rectangle, on canvas: inout Canvas) {
    for (label, y) in zip(ends, heights(ends, frame: frame)) {
      let start = Point(x: label.end.x + 5, y: label.end.y)
      if frame.maxX - label.end.x > Self.edge {
        canvas.text(label.name, x: start.x + 5, y: y, SeriesStyle(label.series).text + " halo", centred: true)
        continue
      }
      if abs(y - label.end.y) > 5 {
        canvas.line(x1: start.x, y1: start.y, x2: frame.maxX + Self.distance - 4, y2: y, "leader")
      }
      canvas.text(label.name, x: frame.maxX + Self.distance, y: y, SeriesStyle(label.series).text, centred: true)
    }
  }

  /// Positions in the order of `wanted`, each at least `distance` from the others, together as near to the wanted
  /// ones as can be: neighbours that are too close form a block, which stands where its members' mean wants it.
  static func spread(_ wanted: [Double], distance: Double, within bounds: ClosedRange<Double>) -> [Double] {
    struct Block {
      var members: [Int]
      var centre: Double
    }
    func extent(_ block: Block) -> Double { Double(block.members.count - 1) * distance / 2 }
    func clamped(_ block: Block) -> Block {
      var block = block
      block.centre = min(max(block.centre, bounds.lowerBound + extent(block)), bounds.upperBound - extent(block))
      return block
    }
    var blocks: [Block] = []
    for index in wanted.indices.sorted(by: { (wanted[$0], $0) < (wanted[$1], $1) }) {
      var block = clamped(Block(members: [index], centre: wanted[index]))
      while let last = blocks.last, last.centre + extent(last) + distance > block.centre - extent(block) {
        blocks.removeLast()
        let members = last.members + block.members
        block = clamped(Block(members: members, centre: members.reduce(0) { $0 + wanted[$1] } / Double(members.count)))
      }
      blocks.append(block)
    }
    var places = wanted
    for block in blocks {
      for (position, index) in block.members.enumerated() {
        places[index] = block.centre - extent(block) + Double(position) * distance
      }
    }
    return places
  }
}
