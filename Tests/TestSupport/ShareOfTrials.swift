import Foundation

/// Which share of their trials tests with many make: what `NBRUN_TRIALS` says, all of them in CI, else a fifth, so that all
/// tests together take little more than a minute.
private let share: Double = {
  let said = ProcessInfo.processInfo.environment["NBRUN_TRIALS"].flatMap(Double.init) ?? 0.2
  return (0...1).contains(said) ? said : 0.2
}()

/// The trials of a test that has `count` of them, or as many as are wanted; at least one of any.
public func shareOfTrials(_ count: Int) -> Range<Int> {
  0..<min(count, max(1, Int((share * Double(count)).rounded())))
}

/// As many of `trials` as are wanted, evenly spread; at least one of any.
public func shareOfTrials<Trial>(_ trials: [Trial]) -> [Trial] {
  let count = shareOfTrials(trials.count).count
  return (0..<count).map { trials[(2 * $0 + 1) * trials.count / (2 * count)] }
}
