import Plotting
import Testing

struct SmoothingTests {
  static let rows: [(Smoothing, [Double], [Double])] = [
    (.exponential(0.5), [4, 2, 0], [4, 8.0 / 3, 8.0 / 7]),
    (.exponential(0), [4, 2, 0], [4, 2, 0]),
    (.exponential(0.9), [], []),
    (.movingAverage(2), [4, 2, 0, 6], [4, 3, 1, 3]),
    (.movingAverage(0), [4, 2], [4, 2]),
    (.movingAverage(2), [4, .infinity, 2, 0], [4, .infinity, 3, 1]),
  ]

  @Test("smoothed values, by hand", arguments: rows)
  func values(smoothing: Smoothing, values: [Double], expected: [Double]) {
    let smoothed = smoothing.apply(to: values)
    #expect(smoothed.count == expected.count)
    for (value, expected) in zip(smoothed, expected) {
      #expect(value == expected || abs(value - expected) < 1e-12)
    }
  }

  @Test("the method is named with its number")
  func names() {
    #expect(Smoothing.exponential(0.9).name == "smoothed, weight 0.9")
    #expect(Smoothing.movingAverage(25).name == "mean of the latest 25")
  }
}
