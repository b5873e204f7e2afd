import NbrunPlotting
import Testing

struct SmoothingTests {
  static let rows: [(Smoothing, [Double], [Double])] = [
    (.exponential(0.5), [4, 2, 0], [4, 8.0 / 3, 8.0 / 7]),
    (.exponential(0), [4, 2, 0], [4, 2, 0]),
    (.exponential(0.9), [], []),
    (.movingAverage(2), [4, 2, 0, 6], [4, 3, 1, 3]),
    (.movingAverage(0), [4, 2], [4, 2]),
    (.movingAverage(2), [4, .infinity, 2, 0], [4, .infinity, 3, 1]),
    (.centred(3), [4, 2, 0, 6], [3, 2, 8.0 / 3, 3]),
    (.centred(3), [4, .nan, 2, 0], [4, .nan, 1, 1]),
    (.centred(99), [1, 2, 3], [2, 2, 2]),
    (.centred(0), [4, 2], [4, 2]),
    (.centred(3), [], []),
  ]

  @Test("smoothed values, by hand", arguments: rows)
  func values(smoothing: Smoothing, values: [Double], expected: [Double]) {
    let smoothed = smoothing.apply(to: values)
    #expect(smoothed.count == expected.count)
    for (value, expected) in zip(smoothed, expected) {
      #expect(value == expected || value.isNaN && expected.isNaN || abs(value - expected) < 1e-12)
    }
  }

  @Test("the method is named with its number")
  func names() {
    #expect(Smoothing.exponential(0.9).name == "smoothed, weight 0.9")
    #expect(Smoothing.movingAverage(25).name == "mean of the latest 25")
  }

  @Test("a centred mean is that of the window, whatever its width", arguments: [1, 2, 5, 11, 50, 200])
  func centred(count: Int) {
    let values = (0..<157).map { Double(($0 &* 7919) % 1009) }
    let smoothed = Smoothing.centred(count).apply(to: values)
    for index in values.indices {
      let window = values[max(0, index - count / 2)...min(156, index + count / 2)]
      #expect(abs(smoothed[index] - window.reduce(0, +) / Double(window.count)) < 1e-9)
    }
  }

  @Test(
    "readers choose from windows that suit the length",
    arguments: [(20, []), (100, [11]), (980, [5, 25, 101]), (100_000, [1001, 2501, 10_001])])
  func windows(count: Int, expected: [Int]) {
    #expect(Smoothing.windows(for: count) == expected)
    #expect(Smoothing.window(for: count).map(expected.contains) ?? expected.isEmpty)
  }
}
