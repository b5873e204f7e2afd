/// Draws images in rows, each with its caption.
struct ImageGridDrawing {
  var grid: ImageGrid
  /// The id of the sheet that holds all images, where they are of one size.
  var sheetID: String

  private static let gap = 8.0
  private static let largest = 200.0
  private static let captionLines = 4

  /// Draws below `top` and returns where the drawing ends.
  func draw(on canvas: inout Canvas, top: Double) -> Double {
    let columns = columns
    // Where there are fewer columns for the captions' sake, images need not be any larger.
    let largest = columns < grid.width ? Layout.width / Double(grid.width) : Self.largest
    let rowNames = grid.rowTitles.map { TextMetrics.cut($0, to: 150) }
    let left = rowNames.isEmpty ? 0 : (rowNames.map { TextMetrics.width($0) }.max() ?? 0) + 10
    let titles = ColumnTitles(grid.columnTitles, width: (Layout.width - left) / Double(columns) - Self.gap)
    let room = (Layout.width - left - titles.reach + Self.gap) / Double(columns)
    let pitch = columns < grid.width ? room : min(room, Self.largest + Self.gap)
    let width = max(min(pitch - Self.gap, largest), 1)
    titles.draw(on: &canvas, bottom: top + titles.height, left: left + width / 2, pitch: pitch)
    let sheet = PixelImage.sheet(of: grid.cells.map(\.image))
    let addresses = sheet == nil ? PNG.dataAddresses(of: grid.cells.map(\.image)) : []
    if let sheet { canvas.define(PNG.dataAddress(of: sheet), width: sheet.width, height: sheet.height, id: sheetID) }
    var y = top + titles.height
    for (row, start) in stride(from: 0, to: grid.cells.count, by: columns).enumerated() {
      let cells = Array(grid.cells[start..<min(start + columns, grid.cells.count)])
      let heights = cells.map { width * Double($0.image.height) / Double($0.image.width) }
      // A very tall image is made narrower instead.
      let height = min(heights.max() ?? 0, Layout.width)
      let captions = cells.map { TextMetrics.wrap($0.caption, to: pitch - Self.gap + 4, lines: Self.captionLines) }
      if rowNames.indices.contains(row) {
        canvas.text(rowNames[row], x: left - 8, y: y + height / 2, "", anchor: .end, centred: true)
      }
      for (column, cell) in cells.enumerated() {
        let x = left + Double(column) * pitch
        let title = cell.caption.isEmpty && rowNames.indices.contains(row) ? grid.rowTitles[row] : cell.caption
        let place = Rectangle(
          x: x + (pitch - Self.gap - width) / 2, y: y, width: width, height: min(heights[column], height))
        if sheet == nil {
          canvas.image(addresses[start + column], in: place, title: title)
        } else {
          let top = (start + column) * cell.image.height
          canvas.image(
            inSheet: sheetID, top: top, width: cell.image.width, height: cell.image.height, in: place, title: title)
        }
        for (line, text) in captions[column].enumerated() {
          let baseline = y + height + 19 + Double(line) * TextMetrics.lineHeight
          canvas.text(text, x: x + (pitch - Self.gap) / 2, y: baseline, "", anchor: .middle)
        }
      }
      y += height + Self.gap + Double(captions.map(\.count).max() ?? 0) * TextMetrics.lineHeight
    }
    return y - Self.gap + 4
  }

  /// How many images stand in a row: as many as wanted, but no more than let each caption of one line be one line, down to two.
  private var columns: Int {
    guard grid.rowTitles.isEmpty, grid.columnTitles.isEmpty, grid.width > 2,
      grid.cells.allSatisfy({ !$0.caption.contains("\n") })
    else { return grid.width }
    let widest = grid.cells.map { TextMetrics.width($0.caption) }.max() ?? 0
    let fitting = Int((Layout.width + Self.gap) / (widest + Self.gap))
    return fitting >= 2 ? min(grid.width, fitting) : grid.width
  }
}
