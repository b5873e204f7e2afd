import Foundation
import Synchronization

/// What `make` gives for each element, in their order; several are made at a time.
func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], _ make: @Sendable (Element) -> Result
) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: elements.count) { index in
    let result = make(elements[index])
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0 }.compactMap(\.self)
}
