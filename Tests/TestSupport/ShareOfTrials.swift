import Foundation

/// The trials of a test with many cases: `count` of them, or the share of them that `NBRUN_TRIALS` names, at least one of any. An
/// emulated processor, a hundred times slower, gets by with a share.
public func shareOfTrials(_ count: Int) -> Range<Int> {
  guard let share = ProcessInfo.processInfo.environment["NBRUN_TRIALS"].flatMap(Double.init) else { return 0..<count }
  return 0..<min(count, max(1, Int(min(max(share, 0), 1) * Double(count))))
}
