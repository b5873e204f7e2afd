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
    ([0.1, 0.5, 0.7], 0, ["panel 0, series 'validation', y 1: expected 0.4, got 0.5"]),
    ([0.1, 0.40001, 0.6], 0, ["panel 0, series 'validation', y 1: expected 0.4, got 0.40001"]),
    ([0.1, 0.40001, 0.6], 1e-4, []),
    ([0.1, .nan, 0.6], 1e-4, ["panel 0, series 'validation', y 1: expected 0.4, got nan"]),
    ([0.1, .infinity, 0.6], .infinity, ["panel 0, series 'validation', y 1: expected 0.4, got inf"]),
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
        "panel 0, series 'validation', x, length: expected 3, got 2",
        "panel 0, series 'validation', y, length: expected 3, got 2",
      ])
  }

  private static func bars(_ value: Double, to most: Double = 3) -> Figure {
    let series = BarSeries("fast", values: [1, value], errors: [0...2, 1...most])
    return Figure(title: "", bars: BarChart(axis: .linear("time"), groups: ["a", "b"], series: [series]))
  }

  private static func map(_ value: Double) -> Figure {
    let values = [[1, 2], [3, value]]
    return Figure(
      title: "",
      heatMap: HeatMap(rows: ["a", "b"], columns: ["c", "d"], values: values, rowLabel: "row", columnLabel: "column"))
  }

  private static func bins(_ count: Int) -> Figure {
    Figure(title: "", histogram: Histogram(axis: .linear("x"), edges: [0, 1, 2], counts: [5, count]))
  }

  private static func image(_ pixel: UInt8) -> Figure {
    let image = PixelImage(width: 2, height: 1, channels: 1, pixels: [7, pixel])
    return Figure(title: "", images: ImageGrid([ImageGrid.Cell(image)], columns: 1))
  }

  private static func line(_ value: Double) -> Figure {
    Figure(
      title: "", series: [], xAxis: .linear("x"), yAxis: .linear("y"), lines: [ReferenceLine(value, label: "chance")])
  }

  static let kinds: [(Figure, Figure, String)] = [
    (bars(2), bars(2.5), "series 'fast', value 1: expected 2.0, got 2.5"),
    (bars(2), bars(2, to: 4), "series 'fast', error 1, upperBound: expected 3.0, got 4.0"),
    (map(4), map(5), "value 1 1: expected 4.0, got 5.0"),
    (map(4), map(.nan), "value 1 1: expected 4.0, got nan"),
    (bins(1), bins(2), "count 1: expected 1.0, got 2.0"),
    (image(1), image(2), "cell 0, image, pixel 1: expected 1.0, got 2.0"),
    (line(0.1), line(0.2), "panel 0, line 0, value: expected 0.1, got 0.2"),
  ]

  @Test("the numbers of every kind are compared", arguments: kinds)
  func numbers(expected: Figure, found: Figure, difference: String) {
    #expect(found.differences(from: expected).map(\.description) == [difference])
    #expect(found != expected && found == found)
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
