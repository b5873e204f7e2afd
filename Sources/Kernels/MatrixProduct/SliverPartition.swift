/// How the rows of a matrix are cut into slivers of at most six, as evenly as they go: 50 rows make five slivers of six
/// and four of five, which all keep the multipliers busy, where eight of six and one of two would not.
@usableFromInline package struct SliverPartition {
  /// The most rows in a sliver: the height of the largest tile.
  package static var maximumHeight: Int { 6 }

  /// The number of rows.
  @usableFromInline package let rows: Int
  /// The number of slivers.
  @usableFromInline package let count: Int

  @inlinable @inline(__always)
  package init(rows: Int, height: Int = 6) {
    self.rows = rows
    count = (rows + height - 1) / height
  }

  /// The first row of sliver `index`; for `index` = `count`, the number of rows.
  @inlinable @inline(__always)
  package func start(of index: Int) -> Int { index * rows / count }
}
