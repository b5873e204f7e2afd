import NbrunBinaryCoding
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// Races: the two implementations compute the same, and what is reported is what was declared.
struct RaceTests {
  @Test(
    arguments: [
      (
        [
          "layer": "convolution", "input-shape": "[3, 3, 9, 9]", "filter-shape": "[5, 3, 3, 3]", "stride": "2",
          "pad": "1",
        ], 1e-9
      ),
      (["layer": "max-pooling", "input-shape": "[3, 2, 8, 8]", "stride": "2"], 0),
      (["layer": "max-pooling", "input-shape": "[3, 2, 9, 8]", "pool-size": "[3, 2]", "stride": "1"], 0),
    ] as [([String: String], Double)])
  func sameResults(cell: [String: String], limit: Double) throws {
    for (precision, factor) in [("float64", 1.0), ("float32", 1e6)] {
      let run = try StepRun("race", cell.merging(["precision": precision, "repeats": "1"]) { $1 })
      run.expectDeclared()
      let differences = run.services.metrics.filter { $0.key.text.hasSuffix("-difference") }
      #expect(differences.count == (cell["filter-shape"] == nil ? 2 : 4))
      for (key, value) in differences { #expect(value.double <= limit * factor, "\(key)") }
      #expect(run["forward-naive-seconds"] > 0 && run["backward-fast-seconds"] > 0)
    }
  }

  @Test func chartsJoin() throws {
    let cell = ["layer": "max-pooling", "input-shape": "[1, 1, 4, 4]", "stride": "2", "repeats": "1"]
    let output = try #require(try StepRun("race", cell).output)
    let chart = try StepRun("race-chart", ["first": "a", "second": "b"], inputs: ["a": output, "b": output])
    chart.expectDeclared()
    let both = try #require(chart.output)
    let all = try StepRun("race-chart", ["first": "a", "second": "b"], inputs: ["a": both, "b": output])
    let races = try BinaryDecoder.decode(Races.self, from: try #require(all.output))
    #expect(races.results.count == 6)
  }

  @Test(
    arguments: [
      (["layer": "affine"], "layer"),
      (["filter-shape": "[5, 2, 3, 3]"], "filter-shape"),
    ] as [([String: String], String)])
  func mistakes(change: [String: String], key: String) throws {
    let cell = ["layer": "convolution", "input-shape": "[3, 3, 9, 9]", "filter-shape": "[5, 3, 3, 3]"]
    #expect(try mistake("race", cell.merging(change) { $1 })?.key == key)
  }
}
