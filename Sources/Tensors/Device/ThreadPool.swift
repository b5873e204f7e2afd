import NbrunPlatform
import Synchronization

/// Threads that wait for work and share it out by number.
///
/// `run(count:)` calls a closure once for each index, on all threads, and returns when all calls have. Which thread takes
/// which index is not determined; results do not depend on it as long as each index writes what is its own. Waiting
/// threads spin for a millisecond or two, because the next piece of work in a training step comes soon, and a core that halts
/// may be long in coming back where others share the machine; then they sleep.
///
/// Sendable because all that changes is atomic but for the closure at hand, which only the thread that set `isBusy` writes, while
/// no ticket is left to take and none is unfinished.
package final class ThreadPool: @unchecked Sendable {
  /// The number of threads that compute, the calling one included.
  package let threadCount: Int

  /// The indices of the work at hand that nobody has taken yet: the first in the upper half, their end in the lower half. One
  /// word, so that whoever takes one takes it from the work whose closure it then calls.
  ///
  /// The calling thread takes them from the front, the others from the back. So what is done again and again falls to the same
  /// cores, whose caches may still hold it.
  private let tickets = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  private let isEnded = Atomic<Bool>(false)

  // Written before the tickets are, read after one is taken.
  private var body: (_ index: Int) -> Void = { _ in }

  private let wakeUp = DispatchSemaphore(value: 0)

  /// A pool of `threadCount` threads; 0 for one on each core. They wait for work until `end`.
  package init(threadCount: Int = 0) {
    self.threadCount = threadCount > 0 ? threadCount : Self.coreCount
    for _ in 1..<Swift.max(self.threadCount, 1) { DispatchQueue(label: "compute").async { self.work() } }
  }

  /// The number of cores that the system has.
  package static var coreCount: Int { Swift.max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Calls `body` for each index below `count`, in no particular order and on all threads at once. Called from inside
  /// itself, or while another thread uses the pool, it computes on the calling thread alone.
  package func run(count: Int, _ body: (_ index: Int) -> Void) {
    guard count > 1, threadCount > 1, !isBusy.exchange(true, ordering: .acquiring) else {
      for index in 0..<Swift.max(count, 0) { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      self.body = body
      unfinished.store(count, ordering: .relaxed)
      tickets.store(UInt64(count), ordering: .sequentiallyConsistent)
      for _ in 0..<sleepers.load(ordering: .sequentiallyConsistent) { wakeUp.signal() }
      takeTickets(fromFront: true)
      spin(atMost: .max) { unfinished.load(ordering: .acquiring) == 0 }
      self.body = { _ in }
    }
    isBusy.store(false, ordering: .releasing)
  }

  private func takeTickets(fromFront: Bool) {
    while true {
      let ticket = tickets.load(ordering: .acquiring)
      let (first, end) = (ticket >> 32, ticket & 0xFFFF_FFFF)
      guard first < end else { return }
      let rest = fromFront ? ticket + (1 << 32) : ticket - 1
      let claim = tickets.compareExchange(expected: ticket, desired: rest, ordering: .acquiringAndReleasing)
      guard claim.exchanged else { continue }
      call(Int(fromFront ? first : end - 1))
      unfinished.subtract(1, ordering: .releasing)
    }
  }

  /// Not inlined, so that the closure is let go of before its end is announced: it must not outlive `run`.
  @inline(never)
  private func call(_ index: Int) { body(index) }

  /// Lets the threads go. To be called when nothing runs, and nothing is going to.
  func end() {
    isEnded.store(true, ordering: .sequentiallyConsistent)
    for _ in 1..<Swift.max(threadCount, 1) { wakeUp.signal() }
  }

  private func work() {
    while !isEnded.load(ordering: .sequentiallyConsistent) {
      let hasWork = {
        if self.isEnded.load(ordering: .relaxed) { return true }
        let ticket = self.tickets.load(ordering: .sequentiallyConsistent)
        return ticket >> 32 < ticket & 0xFFFF_FFFF
      }
      if !spin(atMost: 1_000_000, until: hasWork) {
        sleepers.add(1, ordering: .sequentiallyConsistent)
        // Either this thread sees the work, or whoever has it sees a sleeper. One that did not wait leaves a signal that wakes a later
        // one for nothing.
        if !hasWork() { wakeUp.wait() }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
      }
      takeTickets(fromFront: false)
    }
  }

  /// Waits for `condition`, giving the core away now and then; gives up after `limit` tries.
  @discardableResult
  private func spin(atMost limit: Int, until condition: () -> Bool) -> Bool {
    var tries = 0
    while !condition() {
      tries += 1
      if tries >= limit { return false }
      if tries & 0xFFF == 0 { sched_yield() }
    }
    return true
  }
}
