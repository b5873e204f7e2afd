import NbrunNeuralNetworks
import NbrunSteps

/// How many entries a gradient check left out.
let kinksMetric = Metric.tolerance(
  "kinks", relative: 0.1, "Entries at kinks, which have no derivative to compare with.")

/// What the error of the gradient with respect to `name` is.
func gradientErrorHelp(of name: String) -> String {
  "The greatest relative error of the gradient with respect to \(name)."
}

extension Cell {
  /// Prints and reports the error of each gradient, under the key and with the words that `metric` gives for its name, and how
  /// many entries stand at a kink.
  ///
  /// - Throws: `TooManyKinks` where a check left out more than `kinkLimit` of its entries.
  func report(
    _ checks: [GradientCheck], kinkLimit: Double = GradientCheck.largestKinkShare,
    as metric: (_ name: String) -> (key: MetricKey, words: String)
  ) throws {
    for check in checks {
      let (key, words) = metric(check.name)
      report(key, check.maximumRelativeError, as: words)
    }
    let (kinks, entries) = (checks.reduce(0) { $0 + $1.kinks }, checks.reduce(0) { $0 + $1.entries })
    report("kinks", kinks, as: "kinks: ", format: .shortest, suffix: " of \(entries) entries")
    for check in checks { try check.requireMeaning(kinkLimit: kinkLimit) }
  }
}
