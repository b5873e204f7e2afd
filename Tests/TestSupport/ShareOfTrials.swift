import Foundation

/// Which share of their trials tests with many make: what `NBRUN_TRIALS` says, all of them in CI, else a fifth, so that all
/// tests together take little more than a minute.
private let share = min(max(ProcessInfo.processInfo.environment["NBRUN_TRIALS"].flatMap(Double.init) ?? 0.2, 0), 1)

/// The trials of a test that has `count` of them, or as many as are wanted; at least one of any.
public func shareOfTrials(_ count: Int) -> Range<Int> {
  0..<min(count, max(1, Int((share * Double(count)).rounded())))
}

/// As many of `trials` as are wanted, from the first to the last evenly; at least one of any.
public func shareOfTrials<Trial>(_ trials: [Trial]) -> [Trial] {
  let count = shareOfTrials(trials.count).count
  return (0..<count).map { trials[$0 * trials.count / count] }
}
