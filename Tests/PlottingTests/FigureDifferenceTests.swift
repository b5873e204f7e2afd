import NbrunPlotting
import Testing

struct FigureDifferenceTests {
  @Test("a figure does not differ from itself", arguments: Figure.samples)
  func same(sample: Sample) {
    #expect(sample.figure.differences(from: sample.figure) == [])
  }

  @Test("figures of different samples differ")
  func different() {
    for (index, sample) in Figure.samples.enumerated() {
      for other in Figure.samples[(index + 1)...] {
        #expect(!sample.figure.differences(from: other.figure).isEmpty)
      }
    }
  }

  private static func figure(_ validation: [Double], label: String = "claim") -> Figure {
    Figure(
      title: "Accuracy",
      series: [Series("training", y: [0.1, 0.5, 0.8]), Series("validation", y: validation)],
      xAxis: .linear("epoch"), yAxis: .percent("accuracy"), lines: [ReferenceLine(0.65, label: label)])
  }

  static let rows: [([Double], Double, [String])] = [
    ([0.1, 0.4, 0.6], 0, []),
    ([0.1, 0.5, 0.7], 0, ["panel 0, series 'validation', point 1: expected 0.4, got 0.5"]),
    ([0.1, 0.40001, 0.6], 0, ["panel 0, series 'validation', point 1: expected 0.4, got 0.40001"]),
    ([0.1, 0.40001, 0.6], 1e-4, []),
    ([0.1, .nan, 0.6], 1e-4, ["panel 0, series 'validation', point 1: expected 0.4, got nan"]),
    ([0.1, .infinity, 0.6], .infinity, ["panel 0, series 'validation', point 1: expected 0.4, got inf"]),
  ]

  @Test("the first point that differs is named", arguments: rows)
  func series(found: [Double], relative: Double, expected: [String]) {
    let differences = Self.figure(found).differences(from: Self.figure([0.1, 0.4, 0.6]), relative: relative)
    #expect(differences.map(\.description) == expected)
  }

  @Test("series of different lengths differ in their lengths")
  func lengths() {
    let differences = Self.figure([0.1, 0.4]).differences(from: Self.figure([0.1, 0.4, 0.6]))
    #expect(
      differences.map(\.description) == [
        "panel 0, series 'validation', horizontal, length: expected 3, got 2",
        "panel 0, series 'validation', length: expected 3, got 2",
      ])
  }

  @Test("labels and kinds are compared too")
  func labels() {
    let expected = Self.figure([0.1, 0.4, 0.6])
    #expect(
      Self.figure([0.1, 0.4, 0.6], label: "goal").differences(from: expected).map(\.description) == [
        "panel 0, line 0, label: expected 'claim', got 'goal'"
      ])
    #expect(Figure.race.differences(from: expected).map(\.place) == ["title", "kind of figure"])
  }
}
