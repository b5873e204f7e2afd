/// The derivative of a smooth function of one number by centred differences of growing width, extrapolated to width zero.
///
/// The rounding noise of a centred difference D(s) = (f(x + s) − f(x − s)) / 2s shrinks with its width s, and what it is wrong by,
/// a series in s², grows. Two differences of the widths s and 4s cancel the first term of that series:
/// D(s) + (D(s) − D(4s)) / 15; further ones cancel the next terms. Of all these estimates the one counts that agrees best with
/// those it is made of. Source: Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", 1982.
struct WiderDifferences {
  /// Each width is this times the one before it.
  private static let growth = 4.0
  /// How many widths are tried beyond the first: the last is 16,384 times as wide.
  private static let count = 7

  /// The estimate that counts.
  private(set) var derivative: Double
  /// By how much it differs from those that it is made of.
  private var disagreement = Double.infinity

  /// Widens `narrowest`, the difference of width `step`; `difference` gives those of other widths.
  init(from narrowest: Double, step: Double, _ difference: (Double) -> Double) {
    derivative = narrowest
    var narrower = [narrowest]  // by how many terms of the series are cancelled
    var width = step
    for _ in 0..<Self.count {
      width *= Self.growth
      var estimates = [difference(width)]
      var scale = 1.0
      for (cancelled, narrow) in narrower.enumerated() {
        scale *= Self.growth * Self.growth
        let wide = estimates[cancelled]
        let estimate = narrow + (narrow - wide) / (scale - 1)
        estimates.append(estimate)
        consider(estimate, madeOf: narrow, wide)
      }
      narrower = estimates
    }
  }

  private mutating func consider(_ estimate: Double, madeOf narrow: Double, _ wide: Double) {
    let distance = max((estimate - narrow).magnitude, (estimate - wide).magnitude)
    if distance < disagreement { (derivative, disagreement) = (estimate, distance) }
  }
}
