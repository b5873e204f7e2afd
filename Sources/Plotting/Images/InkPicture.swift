/// A picture in a few inks on white paper: lines and text with smooth edges, and no more bytes than a page of it needs.
///
/// A pure function of what is drawn: only additions, products and square roots, which are the same on every processor.
package struct InkPicture: Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Each pixel's colour: 0 for paper, else an ink in one of its strengths. Before each row stands a 0, as a PNG file has it: the
  /// number of the filter that does nothing.
  private var pixels: [UInt8]
  private let inks: [UInt32]
  /// How many strengths an ink has.
  private static let strengths = 15

  /// Blank paper.
  /// - Parameter inks: the colours to draw with, as `0xRRGGBB`.
  package init(width: Int, height: Int, inks: [UInt32]) {
    precondition(inks.count * Self.strengths < 256, "a palette has no room for \(inks.count) inks")
    (self.width, self.height, self.inks) = (width, height, inks)
    pixels = [UInt8](repeating: 0, count: (width + 1) * height)
  }

  /// Draws a line through points, with round ends; a single point is a dot.
  package mutating func draw(_ line: [(x: Double, y: Double)], ink: Int, thickness: Double) {
    guard let first = line.first else { return }
    var start = first
    let ends = line.count > 1 ? line.dropFirst() : line[...]
    for (index, end) in zip(ends.indices, ends) {
      // What is nearer than a pixel to the point before bends the line by less than is seen.
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      if dx * dx + dy * dy < 1, index < line.count - 1 { continue }
      drawSegment(from: start, to: end, ink: ink, radius: thickness / 2)
      start = end
    }
  }

  /// Writes a line of text whose capitals begin at `y` and are `size` high.
  package mutating func write(_ text: String, x: Double, y: Double, size: Double, ink: Int, thickness: Double) {
    let scale = size / StrokeFont.capitalHeight
    for stroke in StrokeFont.strokes(of: text) {
      draw(stroke.map { (x + $0.x * scale, y + $0.y * scale) }, ink: ink, thickness: thickness)
    }
  }

  /// How wide a line of text is whose capitals are `size` high.
  package static func width(of text: String, size: Double) -> Double {
    StrokeFont.width(of: text) * size / StrokeFont.capitalHeight
  }

  private mutating func drawSegment(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), ink: Int, radius: Double
  ) {
    func range(_ first: Double, _ second: Double, _ limit: Int) -> Range<Int> {
      let low = min(max(Int(min(first, second) - radius - 1), 0), limit)
      return low..<max(low, min(Int(max(first, second) + radius + 2), limit))
    }
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let farthest = (radius + 0.5) * (radius + 0.5)
    let (rows, columns, width) = (range(start.y, end.y, height), range(start.x, end.x, width), width)
    pixels.withUnsafeMutableBufferPointer { pixels in
      for row in rows {
        let y = Double(row) + 0.5 - start.y
        for column in columns {
          let place = row * (width + 1) + 1 + column
          let there = pixels[place] == 0 ? 0 : (Int(pixels[place]) - 1) % Self.strengths + 1
          // Most of a thick line lies on ink that is there from its last piece.
          if there == Self.strengths { continue }
          let x = Double(column) + 0.5 - start.x
          let share = length > 0 ? min(max((x * dx + y * dy) / length, 0), 1) : 0
          let (awayX, awayY) = (x - share * dx, y - share * dy)
          let distance = awayX * awayX + awayY * awayY
          guard distance < farthest else { continue }
          let cover = min(radius + 0.5 - distance.squareRoot(), 1)
          let strength = Int(cover * Double(Self.strengths) + 0.5)
          if strength > there { pixels[place] = UInt8(ink * Self.strengths + strength) }
        }
      }
    }
  }

  /// The picture as a PNG file that names the program which drew it.
  package func png(software: String) -> [UInt8] {
    var palette: [UInt8] = [255, 255, 255]
    for ink in inks {
      for strength in 1...Self.strengths {
        for shift in [16, 8, 0] as [UInt32] {
          let full = Int(ink >> shift & 0xFF)
          palette.append(UInt8(255 + (full - 255) * strength / Self.strengths))
        }
      }
    }
    return PNG.file(
      width: width, height: height, colourType: 3,
      chunks: [("tEXt", Array("Software\0\(software)".utf8)), ("PLTE", palette), ("IDAT", Zlib.stream(pixels))])
  }
}
