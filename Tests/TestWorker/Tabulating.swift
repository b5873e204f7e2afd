import Foundation
import NbrunSteps

/// Adds up a column of a table, and counts the bytes of other files.
struct Tabulating: Step {
  static let name: StepName = "tabulating"
  static let summary = "Adds up a column of a table."

  @Parameter("The table.") var table: File
  @Parameter("The column.") var column = "mass"
  @Parameter("Other files.") var others: [File] = []
  @Parameter("A folder of more files.") var folder: Folder?
  @Parameter("What to write into the folder's first file, or else the table, while it is read.") var addition: String?

  var metrics: [Metric] { [.exact("sum"), .exact("rows"), .exact("bytes")] }

  func run(in cell: Cell) throws {
    var (sum, rows) = (0.0, 0)
    try CSV(table).forEachRow { row in
      sum += try row.number(column) ?? 0
      rows += 1
    }
    let changing = try folder?.files().first ?? table
    if let addition { try Data(addition.utf8).write(to: URL(filePath: changing.path)) }
    cell.report("sum", sum, as: "sum: ")
    cell.report("rows", rows, as: "rows: ")
    cell.report(
      "bytes",
      try (others + (folder?.files() ?? [])).map { try Data(contentsOf: URL(filePath: $0.path)).count }.reduce(0, +),
      as: "bytes: ")
  }
}
