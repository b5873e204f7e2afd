import Tensors

/// How well an analytic gradient agrees with centred differences.
public struct GradientCheck: Sendable, Equatable, Codable {
  /// What was varied: `x`, `w`, `W1`.
  public var name: String
  /// The largest relative error of an entry (see `relativeError`); 0 where every entry stands at a kink.
  public var maximumRelativeError: Double
  /// How many entries the gradient has.
  public var entries: Int
  /// How many of them stand at a kink and were left out (see `NumericalGradient`).
  public var kinks: Int

  /// The share of kinks above which a check says nothing.
  public static let largestKinkShare = 0.05

  /// Whether few enough entries were left out.
  public var isMeaningful: Bool { Double(kinks) <= Self.largestKinkShare * Double(entries) }

  /// Compares `analytic` with `numerical`, leaving out the entries at kinks.
  public init(name: String, analytic: Tensor<Double>, numerical: NumericalGradient) {
    precondition(
      analytic.shape == numerical.gradient.shape,
      "the gradient of \(name) has shape \(analytic.shape), not \(numerical.gradient.shape)")
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
public struct TooManyKinks: Error, Equatable, Sendable, CustomStringConvertible {
  /// The check that has them.
  public var check: GradientCheck

  /// Too many in `check`.
  public init(check: GradientCheck) {
    self.check = check
  }

  /// One sentence that says how many.
  public var description: String {
    "\(check.kinks) of \(check.entries) entries of d\(check.name) stand at a kink, more than 5 %: "
      + "there is too little left to check"
  }
}

extension GradientCheck {
  /// Throws `TooManyKinks` unless few enough entries were left out.
  public func requireMeaning() throws {
    if !isMeaningful { throw TooManyKinks(check: self) }
  }
}
