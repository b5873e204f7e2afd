/// Images in rows, each with a caption: samples of classes, mistakes, filters.
public struct ImageGrid: Codable, Sendable, Equatable {
  /// An image with what stands under it.
  public struct Cell: Codable, Sendable, Equatable {
    package var image: PixelImage
    /// What stands under it; empty for nothing.
    package var caption: String

    /// An image with its caption.
    public init(_ image: PixelImage, caption: String = "") { (self.image, self.caption) = (image, caption) }
  }

  /// The images, row by row.
  package var cells: [Cell]
  /// How many images stand in a row, at least 1.
  package var columns: Int
  /// A heading for each column, such as the classes; empty for none.
  package var columnTitles: [String]
  /// A name before each row, such as the classes; empty for none.
  package var rowTitles: [String]

  /// Images row by row, `columns` in each.
  ///
  /// Traps when there are titles for some of the columns only.
  public init(_ cells: [Cell], columns: Int, columnTitles: [String] = [], rowTitles: [String] = []) {
    precondition(columns >= 1, "an image grid has \(columns) columns: at least 1 is due")
    precondition(
      columnTitles.isEmpty || columnTitles.count == columns,
      "an image grid has \(columnTitles.count) titles for \(columns) columns")
    self.cells = cells
    self.columns = columns
    self.columnTitles = columnTitles
    self.rowTitles = rowTitles
  }

  /// How many images stand in a row of what is drawn: no more than there are, even where a file says so.
  var width: Int { min(max(columns, 1), max(cells.count, columnTitles.count, 1)) }
}

extension ImageGrid: FigureKind {
  private static let gap = 8.0
  private static let largest = 200.0
  private static let captionLines = 4
  /// The most captions that are read out.
  private static let mostCaptions = 20

  var isConsistent: Bool {
    columns >= 1 && (columnTitles.isEmpty || columnTitles.count == columns) && cells.allSatisfy(\.image.isConsistent)
  }
  var hasData: Bool { !cells.isEmpty }
  var csvRows: [[String]]? { tables(rowLimit: .max).first.map { [$0.headers] + $0.rows } }

  var sentences: [String] {
    let rows = (cells.count + width - 1) / width
    var sentence = cells.count == 1 ? "one image" : "\(cells.count) images in \(rows) \(rows == 1 ? "row" : "rows")"
    let captions = cells.map(\.caption).filter { !$0.isEmpty }
    let names = captions.isEmpty ? rowTitles + columnTitles : captions
    if !names.isEmpty {
      let shown = names.prefix(Self.mostCaptions).map { $0.split(separator: "\n").joined(separator: ", ") }
      sentence += ": " + shown.joined(separator: "; ") + (names.count > shown.count ? "; and more" : "")
    }
    return [sentence]
  }

  func tables(rowLimit: Int) -> [FigureTable] {
    // Of images without a word to any, the text alternative says all there is.
    if cells.allSatisfy(\.caption.isEmpty), rowTitles.isEmpty, columnTitles.isEmpty { return [] }
    let kept = FigureTable.kept(cells.count, limit: rowLimit)
    let sizes = Set(cells.map { Self.size(of: $0.image) })
    let rows = kept.map { index -> [String] in
      let (row, column) = (index / width, index % width)
      let titles = [
        rowTitles.indices.contains(row) ? rowTitles[row] : "",
        columnTitles.indices.contains(column) ? columnTitles[column] : "",
        cells[index].caption.split(separator: "\n").joined(separator: ", "),
      ]
      return [String(index + 1), titles.filter { !$0.isEmpty }.joined(separator: ", ")]
        + (sizes.count > 1 ? [Self.size(of: cells[index].image)] : [])
    }
    // A size that all have is said once.
    return [
      FigureTable(
        caption: sizes.count == 1 ? "images, \(sizes.first ?? "")" : "images",
        headers: ["image", "caption"] + (sizes.count > 1 ? ["size"] : []), rows: rows,
        omittedRows: cells.count - rows.count)
    ]
  }

  private static func size(of image: PixelImage) -> String {
    "\(image.width)×\(image.height) \(image.channels == 1 ? "grey" : "colour")"
  }

  /// Draws the images in rows, each with its caption: as parts of one sheet where they are of one size.
  func draw(on canvas: inout Canvas, top: Double, mode: Figure.SVGMode) -> Double {
    let (columns, sheetID) = (shownColumns, mode.id("sheet"))
    // Where there are fewer columns for the captions' sake, images need not be any larger.
    let largest = columns < self.width ? Layout.width / Double(self.width) : Self.largest
    let rowNames = rowTitles.map { TextMetrics.cut($0, to: 150) }
    let left = rowNames.isEmpty ? 0 : (rowNames.map { TextMetrics.width($0) }.max() ?? 0) + 10
    let titles = ColumnTitles(columnTitles, width: (Layout.width - left) / Double(columns) - Self.gap)
    let room = (Layout.width - left - titles.reach + Self.gap) / Double(columns)
    let pitch = columns < self.width ? room : min(room, Self.largest + Self.gap)
    let width = max(min(pitch - Self.gap, largest), 1)
    titles.draw(on: &canvas, bottom: top + titles.height, left: left + width / 2, pitch: pitch)
    let sheet = PixelImage.sheet(of: cells.map(\.image))
    let addresses = sheet == nil ? PNG.dataAddresses(of: cells.map(\.image)) : []
    if let sheet { canvas.define(PNG.dataAddress(of: sheet), width: sheet.width, height: sheet.height, id: sheetID) }
    var y = top + titles.height
    for (row, start) in stride(from: 0, to: self.cells.count, by: columns).enumerated() {
      let cells = Array(self.cells[start..<min(start + columns, self.cells.count)])
      let heights = cells.map { width * Double($0.image.height) / Double($0.image.width) }
      // A very tall image is made narrower instead.
      let height = min(heights.max() ?? 0, Layout.width)
      let captions = cells.map { TextMetrics.wrap($0.caption, to: pitch - Self.gap + 4, lines: Self.captionLines) }
      if rowNames.indices.contains(row) {
        canvas.text(rowNames[row], x: left - 8, y: y + height / 2, "", anchor: .end, centred: true)
      }
      for (column, cell) in cells.enumerated() {
        let x = left + Double(column) * pitch
        let title = cell.caption.isEmpty && rowNames.indices.contains(row) ? rowTitles[row] : cell.caption
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
  private var shownColumns: Int {
    guard rowTitles.isEmpty, columnTitles.isEmpty, width > 2,
      cells.allSatisfy({ !$0.caption.contains("\n") })
    else { return width }
    let widest = cells.map { TextMetrics.width($0.caption) }.max() ?? 0
    let fitting = Int((Layout.width + Self.gap) / (widest + Self.gap))
    return fitting >= 2 ? min(width, fitting) : width
  }
}
