import Foundation

/// The time that this thread has computed, in seconds: what other threads and processes do does not show in it.
public func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How many times as long `work` takes on an input of ten times the size, at its best on each. Runs take turns until the
/// ratio is at most `enough`, or to the end of `rounds`: a disturbance passes, a quadratic search does not.
public func growth(enough: Double, rounds: Int = 60, small: () -> Void, large: () -> Void) -> Double {
  func time(_ work: () -> Void) -> Double {
    let start = processorTime()
    work()
    return processorTime() - start
  }
  var (shortest, longest) = (Double.infinity, Double.infinity)
  for round in 1...rounds {
    for _ in 0..<4 { shortest = min(shortest, time(small)) }
    longest = min(longest, time(large))
    if round > 1, longest <= enough * shortest { break }
  }
  return longest / shortest
}
