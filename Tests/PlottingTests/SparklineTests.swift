import NbrunPlotting
import Testing

struct SparklineTests {
  static let rows: [([Double], Int, String)] = [
    ([], 24, ""),
    ([1], 24, "▁"),
    ([2, 2, 2], 24, "▁▁▁"),
    ([0, 1, 2, 3, 4, 5, 6, 7], 24, "▁▂▃▄▅▆▇█"),
    ([7, 0], 24, "█▁"),
    ([0, .nan, 7], 24, "▁×█"),
    ([.nan, .infinity], 24, "××"),
    ([1, 3, 5, 7], 2, "▁█"),
    ([-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude], 24, "▁█"),
    ([1, 2, 3], 0, "▁"),
  ]

  @Test("values become bars of eight heights", arguments: rows)
  func bars(values: [Double], width: Int, text: String) {
    #expect(Sparkline.text(values, width: width) == text)
  }
}
