/// Draws one series of a panel: its points or its line, its smoothed course, and crosses where values are missing.
struct SeriesDrawing {
  var series: Series
  var index: Int
  var panel: PanelDrawing
  var y: Projection

  /// Up to this many points are marked on a line.
  private static let markedPoints = 40
  /// Up to this many values under a smoothed course are dots; more are a faint line. Lines with more are drawn thin.
  private static let dense = 600

  /// Draws the series and returns the course that labels are to avoid and that names stand at the end of.
  func draw(on canvas: inout Canvas) -> [Point] {
    let style = SeriesStyle(index)
    let pieces = pieces(of: series.y)
    let points = pieces.flatMap { $0 }
    drawMissing(on: &canvas)
    if series.style == .points {
      let kept = Decimation.points(points, limit: 4 * panel.columns)
      canvas.path(dots(kept), kept.count > 200 ? "raw \(style.stroke)" : "dots \(style.stroke)")
      return kept
    }
    guard let smoothing = series.smoothing else {
      // Dashes along steep swings would be noise.
      canvas.path(line(pieces), points.count > Self.dense ? "fine \(style.stroke)" : "line \(style.line)")
      // A piece of a single point has no line that could be seen.
      let marked = points.count <= Self.markedPoints ? points : pieces.filter { $0.count == 1 }.flatMap { $0 }
      canvas.path(dots(Decimation.points(marked, limit: 4 * panel.columns)), "dots \(style.stroke)")
      return thinned(pieces).flatMap { $0 }
    }
    if points.count <= Self.dense {
      canvas.path(dots(points), "raw \(style.stroke)")
    } else {
      canvas.path(line(pieces), "rawline \(style.stroke)")
    }
    let course = self.pieces(of: smoothing.apply(to: series.y))
    if case .centred = smoothing, !panel.windows.isEmpty {
      for (number, window) in panel.windows.enumerated() {
        let course = self.pieces(of: Smoothing.centred(window).apply(to: series.y))
        canvas.path(smooth(course), "line \(style.line) choice w\(number + 1)")
      }
    } else {
      canvas.path(smooth(course), "line \(style.line)")
    }
    return thinned(course).flatMap { $0 }
  }

  /// The points of `values`, in pieces where one has no place on the axes.
  private func pieces(of values: [Double]) -> [[Point]] {
    var pieces: [[Point]] = []
    var piece: [Point] = []
    for (valueX, valueY) in zip(series.x, values) {
      if panel.horizontal.axis.canShow(valueX), panel.panel.yAxis.canShow(valueY) {
        piece.append(Point(x: panel.horizontal.x.position(valueX), y: y.position(valueY)))
      } else if !piece.isEmpty {
        pieces.append(piece)
        piece = []
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private func thinned(_ pieces: [[Point]]) -> [[Point]] {
    Decimation.line(pieces, columns: panel.columns, width: panel.frame.width)
  }

  private func line(_ pieces: [[Point]]) -> PathData {
    var path = PathData()
    for piece in thinned(pieces) where piece.count > 1 {
      path.move(to: piece[0])
      for point in piece.dropFirst() { path.line(to: point) }
    }
    return path
  }

  /// The line of a smoothed course, without the points that lie on it anyhow.
  private func smooth(_ pieces: [[Point]]) -> PathData {
    line(thinned(pieces).map { Decimation.straightened($0, tolerance: 0.3) })
  }

  private func dots(_ points: [Point]) -> PathData {
    var path = PathData()
    for point in points { path.dot(at: point) }
    return path
  }

  /// Crosses where a value has no place on the axes: at the top of the panel where it is infinite, else at its foot.
  private func drawMissing(on canvas: inout Canvas) {
    var path = PathData()
    var (places, infinite): (Set<Int>, [Point]) = ([], [])
    for (valueX, valueY) in zip(series.x, series.y) where !panel.panel.yAxis.canShow(valueY) {
      guard panel.horizontal.axis.canShow(valueX) else { continue }
      let position = panel.horizontal.x.position(valueX)
      let isInfinite = valueY == .infinity
      // Neighbours share a cross.
      guard places.insert(Int(position / 6) * 2 + (isInfinite ? 1 : 0)).inserted else { continue }
      let place = Point(x: position, y: isInfinite ? panel.frame.y + 8 : panel.frame.maxY - 8)
      path.addCross(at: place)
      if isInfinite { infinite.append(place) }
    }
    if let place = infinite.first {
      let isAtEnd = place.x > panel.frame.maxX - 70
      canvas.text(
        "infinite", x: place.x + (isAtEnd ? -9 : 9), y: place.y, "missingtext halo", anchor: isAtEnd ? .end : .start,
        centred: true)
    }
    canvas.path(path, "missing", title: path.isEmpty ? nil : "\(series.name): no value that can be shown")
  }
}
