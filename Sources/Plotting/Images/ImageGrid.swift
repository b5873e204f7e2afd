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
