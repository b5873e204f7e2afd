import NbrunPlatform
import Synchronization

/// A folder of one run, gone when the run is over. What runs that were killed have left is removed by the next one.
final class ScratchFolder {
  let path: String
  private let lock: FileLock?
  private static let counter = Atomic<Int>(0)

  init(in parent: String) throws(SystemError) {
    Self.removeAbandoned(in: parent)
    path = "\(parent)/\(getpid())-\(Self.counter.add(1, ordering: .relaxed).newValue)"
    // The lock comes first: a folder whose lock is free is nobody's.
    lock = if case .acquired(let lock) = try FileLock.tryAcquire("\(path).lock") { lock } else { nil }
    try createFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func removeAbandoned(in parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in Set(names.map { $0.hasSuffix(".lock") ? String($0.dropLast(5)) : $0 }) {
      guard case .acquired(let lock) = try? FileLock.tryAcquire("\(parent)/\(name).lock") else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
      _ = consume lock
    }
  }
}
