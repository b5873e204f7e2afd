/// How the rows of a matrix are cut into micro-panels of at most six, as evenly as they go: 50 rows make five micro-panels of six
/// and four of five, which all keep the multipliers busy, where eight of six and one of two would not.
@usableFromInline package struct MicroPanelPartition {
  /// The most rows in a micro-panel: the height of the largest tile.
  package static var maximumHeight: Int { 6 }

  @usableFromInline package let rows: Int
  /// The number of micro-panels.
  @usableFromInline package let count: Int

  @inlinable @inline(__always) package init(rows: Int, height: Int = 6) {
    self.rows = rows
    count = (rows + height - 1) / height
  }

  /// The first row of micro-panel `index`; for `index` = `count`, the number of rows.
  @inlinable @inline(__always) package func start(of index: Int) -> Int { index * rows / count }
}
