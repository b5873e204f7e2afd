/// A matrix as coloured cells with their values, such as a confusion matrix.
public struct HeatMap: Sendable, Equatable {
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
  package let showsMistakes: Bool

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
    self.rows = rows
    self.columns = columns
    self.values = values
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
    self.axis = axis
    self.showsMistakes = showsMistakes
  }

  /// Whether both hold the same data, NaN equal to NaN.
  public static func == (left: HeatMap, right: HeatMap) -> Bool {
    left.rows == right.rows && left.columns == right.columns && left.rowLabel == right.rowLabel
      && left.columnLabel == right.columnLabel && left.axis == right.axis && left.showsMistakes == right.showsMistakes
      && left.values.map(CodedNumbers.init) == right.values.map(CodedNumbers.init)
  }
}

extension HeatMap: Codable {
  private enum CodingKeys: CodingKey { case rows, columns, values, rowLabel, columnLabel, axis, showsMistakes }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rows = try container.decode([String].self, forKey: .rows)
    columns = try container.decode([String].self, forKey: .columns)
    values = try container.decode([CodedNumbers].self, forKey: .values).map(\.values)
    rowLabel = try container.decode(String.self, forKey: .rowLabel)
    columnLabel = try container.decode(String.self, forKey: .columnLabel)
    axis = try container.decode(Axis.self, forKey: .axis)
    showsMistakes = try container.decodeIfPresent(Bool.self, forKey: .showsMistakes) ?? false && rows == columns
    let widths = Set(values.map(\.count)).subtracting([columns.count])
    guard values.count == rows.count, widths.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: "the values do not have the shape of their names")
    }
  }

  /// Writes the matrix; values that are not finite are written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(values.map(CodedNumbers.init), forKey: .values)
    try container.encode(rowLabel, forKey: .rowLabel)
    try container.encode(columnLabel, forKey: .columnLabel)
    try container.encode(axis, forKey: .axis)
    if showsMistakes { try container.encode(true, forKey: .showsMistakes) }
  }
}
