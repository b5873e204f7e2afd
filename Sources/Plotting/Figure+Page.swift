import NbrunDiagnostics

/// What a page shows beside a figure's drawing.
extension Figure {
  /// What stands under each place of the drawing, from left to right: "epoch 3: training accuracy 70.6 %". The drawing in a page has as
  /// many groups below its group of the class `probes`; empty where values are written into it.
  package var readings: [String] {
    guard let stack = content.kind.stack, hasData else { return [] }
    return stack.probes.bands.map { ControlCharacters.visible($0.text) }
  }

  package static let mostReadings = ProbeBands.most

  /// The windows by which readers may have its series smoothed: the drawing in a page has a line of the class `w1`, `w2`, … for each.
  /// Empty where nothing is smoothed by a centred window.
  package var smoothingWindows: [Int] { Self.smoothingWindows(of: panels) }

  /// The window that the figure itself asks for; nil where there is no choice.
  package var smoothingWindow: Int? { Self.centred(panels).map(\.window).first }
  private var panels: [Panel] { if case .panels(let panels, _) = content { panels } else { [] } }

  /// An image of a grid as a page shows it.
  package struct Picture: Sendable, Equatable {
    /// The image, as a `data:` address.
    package var address: String
    /// What stands under it.
    package var caption: String
    /// Its size in pixels.
    package var width: Int
    package var height: Int
  }

  /// Images that have nothing but captions of their own, which a page lays out better than a drawing; nil for anything else.
  package var pictures: [Picture]? {
    guard case .images(let grid) = content, hasData, grid.rowTitles.isEmpty, grid.columnTitles.isEmpty,
      grid.cells.contains(where: { !$0.caption.isEmpty })
    else { return nil }
    return zip(grid.cells, PNG.dataAddresses(of: grid.cells.map(\.image))).map { cell, address in
      Picture(address: address, caption: cell.caption, width: cell.image.width, height: cell.image.height)
    }
  }

  static func smoothingWindows(of panels: [Panel]) -> [Int] {
    let centred = centred(panels)
    guard let count = centred.map(\.count).max() else { return [] }
    return Set(Smoothing.windows(for: count) + centred.map(\.window)).sorted()
  }

  private static func centred(_ panels: [Panel]) -> [(window: Int, count: Int)] {
    panels.flatMap(\.series).compactMap { series in
      guard case .centred(let window) = series.smoothing, series.style == .line else { return nil }
      return (window, series.y.count)
    }
  }
}
