import NbrunPlatform
import Synchronization
import Testing

@testable import NbrunTensors

@Suite("Thread pool")
struct ThreadPoolTests {
  @Test("calls the closure once for each index", arguments: [1, 2, 3, 7])
  func everyIndexOnce(threadCount: Int) {
    let pool = ThreadPool(threadCount: threadCount)
    for count in [0, 1, 2, 3, 10, 1000] {
      for _ in 0..<50 {
        let calls = (0..<count).map { _ in Counter() }
        pool.run(count: count) { calls[$0].value.add(1, ordering: .relaxed) }
        #expect(calls.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
      }
    }
  }

  @Test("computes nested work, and work from several threads at once")
  func nestedAndConcurrent() async {
    let pool = ThreadPool(threadCount: 3)
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            pool.run(count: 4) { _ in pool.run(count: 5) { _ in counter.value.add(1, ordering: .relaxed) } }
          }
        }
      }
    }
    #expect(counter.value.load(ordering: .relaxed) == 8 * 50 * 20)
  }

  @Test("lets its threads go with its device", arguments: [false, true])
  func endsWithItsDevice(isUsed: Bool) {
    weak var pool: ThreadPool?
    do {
      let device = Device(threads: 3)
      pool = device.threads
      if isUsed { device.threads.run(count: 5) { _ in } }
    }
    // They notice as soon as each has its turn.
    while pool != nil { sched_yield() }
  }

  @Test("has a thread for each core by default")
  func defaultCount() {
    #expect(ThreadPool(threadCount: 0).threadCount == ThreadPool.coreCount)
  }
}

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
}
