import NbrunPlotting

/// Results of races: what each was about, and how long the naive and the fast implementation took.
struct Races: Codable, Sendable {
  /// One pass of one layer.
  struct Result: Codable, Sendable {
    let name: String
    let naive: RunningTimes
    let fast: RunningTimes
  }

  var results: [Result]

  /// Bars of the best times, with the range of all of them, on a logarithmic axis: the two differ by orders of magnitude.
  var chart: Figure {
    func bars(_ name: String, _ times: (Result) -> RunningTimes) -> BarSeries {
      BarSeries(
        name, values: results.map { 1e3 * times($0).best },
        errors: results.map { 1e3 * times($0).best...1e3 * times($0).worst })
    }
    return Figure(
      title: "Naive against fast layers",
      bars: BarChart(
        axis: .log("best time", unit: "ms"), groups: results.map(\.name),
        series: [bars("naive", \.naive), bars("fast", \.fast)]))
  }
}

/// How long several runs of one thing took, in seconds.
struct RunningTimes: Codable, Sendable {
  private(set) var best = Double.infinity
  private(set) var worst = 0.0
  private(set) var total = 0.0

  mutating func add(_ duration: Duration) {
    let seconds = Swift.max(duration / .seconds(1), 1e-9)
    best = min(best, seconds)
    worst = max(worst, seconds)
    total += seconds
  }
}
