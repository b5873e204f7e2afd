import NbrunPlotting
import Testing

struct FigureTableTests {
  @Test("a long series keeps its ends, its marked point and evenly spaced points")
  func thinned() throws {
    let values = (0..<1000).map { $0 == 777 ? 0.01 : 1 / Double($0 + 1) }
    let figure = Figure(
      title: "", series: [Series("loss", y: values, mark: .minimum("least"))], xAxis: .linear("iteration"),
      yAxis: .linear("loss"))
    let table = try #require(figure.tables(rowLimit: 11).first)
    let last = table.rows.map { $0[0] }
    #expect(last == ["0", "99", "199", "299", "399", "499", "599", "699", "799", "899", "999"])
    #expect(table.omittedRows == 989)
  }

  @Test("series over different positions share rows where they meet")
  func union() throws {
    let figure = Figure(
      title: "", series: [Series("a", x: [0, 1, 1], y: [1.0, 2, 3]), Series("b", x: [1, 5], y: [4.0, .nan])],
      xAxis: .linear("epoch"), yAxis: .linear("loss", unit: "nats"))
    let table = try #require(figure.tables().first)
    #expect(table.headers == ["epoch", "a", "b"])
    #expect(
      table.rows == [["0", "1", ""], ["1", "2", "4"], ["1", "3", ""], ["5", "", "NaN"]])
    // The unit is said once.
    #expect(table.caption == "loss (nats)")
    #expect(table.omittedRows == 0)
  }

  @Test("every row of every table is as long as its headings", arguments: Figure.samples)
  func shape(sample: Sample) {
    for table in sample.figure.tables() {
      #expect(table.rows.allSatisfy { $0.count == table.headers.count })
    }
  }
}
