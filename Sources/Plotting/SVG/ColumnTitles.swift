/// Names above columns: level where they fit, else turned by 45 degrees, and only every second or third where they
/// are dense.
struct ColumnTitles {
  let height: Double
  /// What the last turned name needs to the right of its column.
  let reach: Double

  private let names: [String]
  private let areTurned: Bool

  private static let longest = 130.0
  /// The rise of turned names for each unit of their length, and what they reach to the right.
  private static let slope = 0.72

  /// Names above columns of the given width.
  init(_ titles: [String], width: Double) {
    names = titles.map { TextMetrics.cut($0, to: Self.longest) }
    let widest = names.map { TextMetrics.width($0) }.max() ?? 0
    areTurned = widest > width - 6
    height = titles.isEmpty ? 0 : areTurned ? widest * Self.slope + 12 : 22
    let last = TextMetrics.width(names.last ?? "") * Self.slope
    reach = areTurned ? max(last + 4 - width / 2, 0) : 0
  }

  /// Draws the names above `bottom`, the first at `left`, the others each `pitch` further.
  func draw(on canvas: inout Canvas, bottom: Double, left: Double, pitch: Double) {
    let step = areTurned ? max(1, Int((28 / pitch).rounded(.up))) : 1
    for (column, name) in names.enumerated() where column % step == 0 {
      let centre = left + Double(column) * pitch
      if areTurned {
        canvas.text(name, x: centre + 2, y: bottom - 6, "", rotated: -45)
      } else {
        canvas.text(name, x: centre, y: bottom - 8, "", anchor: .middle)
      }
    }
  }
}
