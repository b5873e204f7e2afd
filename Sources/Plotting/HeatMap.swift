/// A matrix as coloured cells with their values, such as a confusion matrix.
public struct HeatMap: Codable, Sendable, Equatable {
  /// The rows' names, from top to bottom.
  package let rows: [String]
  /// The columns' names, from left to right.
  package let columns: [String]
  /// The values, row by row.
  package let values: [[Double]]
  /// What the rows are: "true class".
  package let rowLabel: String
  /// What the columns are: "predicted class".
  package let columnLabel: String
  /// What the values are and how they are written.
  package let axis: Axis
  /// Whether rows and columns are the same classes, and what is off the diagonal is mistaken: colours then show the mistakes alone, and
  /// classes that are taken for each other stand together.
  package var showsMistakes: Bool { mistakes ?? false }
  /// Whether it does, where it does.
  private let mistakes: Bool?

  private enum CodingKeys: String, CodingKey {
    case rows, columns, values, rowLabel, columnLabel, axis, mistakes = "showsMistakes"
  }

  /// A matrix with a name for each row and column; `axis` says what the values are and how they are written.
  ///
  /// Traps when the shapes of names and values differ, or when mistakes are to be shown of rows that are not the columns.
  public init(
    rows: [String], columns: [String], values: [[Double]], rowLabel: String, columnLabel: String,
    axis: Axis = .linear("count"), showsMistakes: Bool = false
  ) {
    precondition(values.count == rows.count, "a heat map has \(values.count) rows of values for \(rows.count) names")
    for (name, row) in zip(rows, values) {
      precondition(row.count == columns.count, "row '\(name)' has \(row.count) values for \(columns.count) columns")
    }
    precondition(
      !showsMistakes || rows == columns, "mistakes stand off the diagonal of a map whose rows are its columns")
    (self.rows, self.columns, self.values) = (rows, columns, values)
    (self.rowLabel, self.columnLabel, self.axis) = (rowLabel, columnLabel, axis)
    mistakes = showsMistakes ? true : nil
  }
}
