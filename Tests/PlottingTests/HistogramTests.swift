import NbrunPlotting
import Testing

struct HistogramTests {
  static let rows: [([Double], Int, [Int]?, Int)] = [
    ([0, 1, 2, 3, 4], 4, [1, 1, 1, 2], 0),
    ([0, 0.5, 1], 2, [1, 2], 0),
    ([5, 5], 2, [0, 2], 0),
    ([0, 0], 2, [0, 2], 0),
    ([], 3, [], 0),
    ([.nan, 1, .infinity, 2], 1, [2], 2),
    ([-Double.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude], 2, [1, 2], 0),
    ([1, (1.0).nextUp], 40, nil, 0),
  ]

  @Test("values fall into their bins, the greatest into the last", arguments: rows)
  func counts(values: [Double], bins: Int, counts: [Int]?, notFinite: Int) {
    let histogram = Histogram(axis: .linear("weight"), values: values, bins: bins)
    if let counts { #expect(histogram.counts == counts) }
    #expect(histogram.counts.reduce(0, +) + notFinite == values.count)
    #expect(histogram.notFinite == notFinite)
    #expect(zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy(<))
  }
}
