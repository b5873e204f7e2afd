import NbrunPlatform
import Synchronization

/// Whether several things are made at a time: who measures a thread's time wants all of the work on it.
package enum Concurrency { @TaskLocal package static var isAllowed = true }

/// What `make` gives for each element, in their order; several are made at a time.
package func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], _ make: @Sendable (Element) -> Result
) -> [Result] {
  guard Concurrency.isAllowed else { return elements.map(make) }
  let results = Mutex([Result?](repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: elements.count) { index in
    let result = make(elements[index])
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0 }.compactMap(\.self)
}

/// What both give, made at the same time.
package func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  guard Concurrency.isAllowed else { return (first(), second()) }
  let results = Mutex<(First?, Second?)>((nil, nil))
  DispatchQueue.concurrentPerform(iterations: 2) { index in
    if index == 0 {
      let result = first()
      results.withLock { $0.0 = result }
    } else {
      let result = second()
      results.withLock { $0.1 = result }
    }
  }
  guard case (let first?, let second?) = results.withLock({ $0 }) else { preconditionFailure("both have been made") }
  return (first, second)
}
