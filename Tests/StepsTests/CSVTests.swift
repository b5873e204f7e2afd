import Foundation
import NbrunSteps
import NbrunTestSupport
import Testing

@Suite struct CSVTests {
  /// One entry of `Fixtures/csv.json`: the rows that Python's `csv` module reads in a text, nil where it refuses it.
  struct Case: Decodable {
    let text: String
    let rows: [[String]]?
  }

  struct Cases: Decodable {
    let cases: [Case]
  }

  private func withTable<Result>(
    _ bytes: some Sequence<UInt8>, separator: Unicode.Scalar = ",", _ body: (CSV) throws -> Result
  ) throws -> Result {
    let path = NSTemporaryDirectory() + "table-\(UUID().uuidString).csv"
    // Not by `Data`, which waits for the disk.
    let (bytes, file) = (Array(bytes), try #require(fopen(path, "w")))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(CSV(File(path), separator: separator))
  }

  /// The texts of all rows in these columns.
  private func rows(of text: String, _ columns: [String]) throws -> [[String]] {
    try withTable(text.utf8) { table in
      var rows: [[String]] = []
      try table.forEachRow { row in rows.append(try columns.map { try row.text($0) }) }
      return rows
    }
  }

  /// What went wrong, without the folder.
  private func problem(_ text: String, column: String = "a") -> String {
    do {
      try withTable(text.utf8) { table in try table.forEachRow { _ = try $0.number(column) } }
      return "nothing"
    } catch { return "\(error)".replacing(#/\S*table-[-0-9A-F]+\.csv/#, with: "t.csv") }
  }

  @Test func readsWhatPythonReads() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/csv.json")
    let cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: file)).cases
    var read = 0
    for entry in cases {
      let names = entry.rows?.first?.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? []
      let isTable = !names.isEmpty && Set(names).count == names.count
      if let expected = entry.rows, isTable, expected.allSatisfy({ $0.count == names.count }) {
        #expect(try rows(of: entry.text, names) == Array(expected.dropFirst()), "\(entry.text.debugDescription)")
        read += 1
      } else {
        #expect(throws: StepFailure.self, "\(entry.text.debugDescription)") { try rows(of: entry.text, names) }
      }
    }
    #expect(read > 90 && cases.count - read > 90)
  }

  @Test func numbersMayBeMissing() throws {
    var numbers: [Double?] = []
    var places: [Int] = []
    try withTable("\u{FEFF}a;b\n1.5;x\n -2e-3 ;y\nNA;\n;\nnan;\n".utf8, separator: ";") { table in
      try table.forEachRow { row in
        numbers.append(try row.number("a"))
        places.append(row.index)
      }
    }
    #expect(numbers == [1.5, -0.002, nil, nil, nil])
    #expect(places == [2, 3, 4, 5, 6])
  }

  @Test(arguments: [
    ("", "t.csv is empty: a table's first row names its columns"),
    ("a,b\n1,2\n1\n", "t.csv, row 3: it has 1 field in place of 2 columns"),
    ("a, a\n", "t.csv, row 1: two columns are called \"a\""),
    ("a\n1\n0x10\n", "t.csv, row 3, column \"a\": \"0x10\" is no number"),
    ("a\n1,5\n", "t.csv, row 2: it has 2 fields in place of 1 column"),
    ("b,c\n1,2\n", "t.csv has no column \"a\" (it has b, c)"),
    ("a\n\"1\"2\n", "t.csv, row 2: a field in quotation marks ends with the second; \" in it is written \"\""),
    ("a\n\"1\n2", "t.csv, row 2: a quotation mark is not closed"),
  ])
  func whatIsNoTableIsSaidWhereItIs(text: String, message: String) {
    #expect(problem(text) == message)
  }

  @Test func whatCannotBeReadIsSaid() {
    #expect(throws: StepFailure("cannot read /no/such.csv: No such file or directory")) {
      try CSV(File("/no/such.csv")).forEachRow { _ in }
    }
    // Fields take memory, too, where they are empty.
    #expect(problem("a\n" + String(repeating: ",", count: 17 << 20)).hasPrefix("t.csv, row 2: it is longer than 16 MB"))
    #expect(throws: StepFailure("cannot read /: Is a directory")) { try CSV(File("/")).forEachRow { _ in } }
    #expect(
      problem("a\n\"" + String(repeating: "x", count: 17 << 20)).hasPrefix("t.csv, row 2: it is longer than 16 MB"))
  }

  @Test func anyBytesAreATableOrAMessage() throws {
    let sample = Array("a,b\r\n1,\"x, \"\"y\"\"\"\r\n2,\"é\n\"\r\n,\n".utf8)
    for seed in 0..<fuzzCount(2_000) {
      var random = FuzzGenerator(seed: seed | 1 << 43)
      try withTable(damaged(sample, &random)) { table in
        do {
          try table.forEachRow { row in _ = (try row.text("b"), try row.number("a")) }
        } catch { #expect(error is StepFailure, "seed \(seed): \(error)") }
      }
    }
  }
}
