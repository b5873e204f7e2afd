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
  let results = concurrentMap([true, false]) { isFirst -> (First?, Second?) in
    isFirst ? (first(), nil) : (nil, second())
  }
  guard let first = results[0].0, let second = results[1].1 else { preconditionFailure("both have been made") }
  return (first, second)
}
