/// A line of text that shows the course of values: `▇▅▃▂▁`.
package enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The course of `values` in at most `width` characters: each stands for the mean of the finite values in its
  /// share, from the least mean to the greatest. A share without a finite value is `×`; values that are all alike are
  /// a low line.
  package static func text(_ values: [Double], width: Int = 24) -> String {
    let width = min(max(width, 1), values.count)
    let means = (0..<width).map { column -> Double? in
      let share = values[(column * values.count / width)..<((column + 1) * values.count / width)].filter(\.isFinite)
      // Divided first: the sum of the largest numbers overflows.
      return share.isEmpty ? nil : share.reduce(0) { $0 + $1 / Double(share.count) }
    }
    guard let low = means.compactMap(\.self).min(), let high = means.compactMap(\.self).max() else {
      return String(repeating: "×", count: width)
    }
    let span = high / 2 - low / 2
    return String(
      means.map { mean in
        guard let mean else { return "×" }
        guard span > 0 else { return bars[0] }
        let level = (mean / 2 - low / 2) / span * Double(bars.count - 1)
        return bars[Int(level.rounded())]
      })
  }
}
