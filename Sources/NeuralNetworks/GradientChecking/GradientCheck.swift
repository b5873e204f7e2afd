import NbrunPlatform
import NbrunTensors

/// How well an analytic gradient agrees with centred differences.
package struct GradientCheck: Sendable, Equatable, Codable {
  /// What was varied: `x`, `w`, `W1`.
  package var name: String
  /// The largest relative error of an entry (see `relativeError`); 0 where every entry stands at a kink.
  package var maximumRelativeError: Double
  /// How many entries the gradient has.
  package var entries: Int
  /// How many of them stand at a kink and were left out (see `NumericalGradient`).
  package var kinks: Int

  /// The share of kinks above which a check says nothing.
  package static let largestKinkShare = 0.05

  /// Throws `TooManyKinks` where more than `kinkLimit` of the entries were left out.
  package func requireMeaning(kinkLimit: Double = largestKinkShare) throws(TooManyKinks) {
    if Double(kinks) > kinkLimit * Double(entries) { throw TooManyKinks(check: self, limit: kinkLimit) }
  }

  /// Compares `analytic` with `numerical`, leaving out the entries at kinks.
  package init(name: String, analytic: Tensor<Double>, numerical: NumericalGradient) {
    guard analytic.shape == numerical.gradient.shape else {
      fatalError("the gradient of \(name) has shape \(analytic.shape), not \(numerical.gradient.shape)")
    }
    self.name = name
    entries = analytic.count
    kinks = numerical.kinks.count
    let left = Set(numerical.kinks)
    let kept = (0..<analytic.count).filter { !left.contains($0) }
    let (a, b) = (analytic.elements, numerical.gradient.elements)
    maximumRelativeError = relativeError(Tensor(kept.map { a[$0] }), Tensor(kept.map { b[$0] }))
  }
}

/// More entries than a gradient check bears stand at a kink.
package struct TooManyKinks: Error, Equatable, Sendable, CustomStringConvertible {
  /// The check that has them.
  package var check: GradientCheck
  /// The share of entries that may.
  package var limit = GradientCheck.largestKinkShare

  /// One sentence that says how many.
  package var description: String {
    "\(check.kinks) of \(check.entries) entries of d\(check.name) stand at a kink, more than "
      + "\((1e4 * limit).rounded() / 100) %: there is too little left to check"
  }
}
