import NbrunDigests
import NbrunFilePaths
import NbrunPlatform
import Synchronization

/// Remembers digests of large files by their size, their times and their inode, so that they are not read at each run.
///
/// The memory is a small file in the user's cache folder. A damaged or unwritable one costs time, nothing else.
package struct DigestMemory: Sendable {
  private let path: String
  private let readsAnew: Bool
  private let now: @Sendable () -> Int

  /// The memory in the folder at the path `cacheFolder`, which need not exist yet.
  /// - Parameter readsAnew: whether every file is read whatever is remembered of it.
  package init(cacheFolder: String, readsAnew: Bool = false) {
    self.init(cacheFolder: cacheFolder, readsAnew: readsAnew) { Int(Date().timeIntervalSince1970) }
  }

  /// A memory that asks `now` for the time in seconds since 1970.
  init(cacheFolder: String, readsAnew: Bool = false, now: @escaping @Sendable () -> Int) {
    path = cacheFolder + "/digests.json"
    self.readsAnew = readsAnew
    self.now = now
  }

  private struct Entry: Codable, Equatable, Sendable {
    var identity: FileIdentity
    var digest: Digest
  }

  /// More files than one user's data have; beyond it the memory starts anew.
  private static let capacity = 1_000
  /// A file changed so recently could change again without a new time.
  private static let settlingSeconds = 2

  /// The digests of the files at `paths`, in order; only those are read, several at a time, whose digest is not known.
  ///
  /// - Parameter check: refuses a file that is not what it should be, before its digest is remembered.
  package func digests(
    ofFilesAt paths: [String], checking check: @Sendable (_ path: String) throws(DatasetError) -> Void = { _ in }
  ) throws(DatasetError) -> [Digest] {
    let remembered = load()
    let known = readsAnew ? [:] : remembered
    let results = Mutex([Result<Entry, DatasetError>?](repeating: nil, count: paths.count))
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let result = Result { () throws(DatasetError) in
        try entry(ofFileAt: paths[index], known: known[Self.key(paths[index])], check)
      }
      results.withLock { $0[index] = result }
    }
    var entries = remembered
    var digests: [Digest] = []
    for (path, result) in zip(paths, results.withLock { $0 }) {
      guard let entry = try result?.get() else { fatalError("no digest was taken of \(path)") }
      digests.append(entry.digest)
      let age = now() - max(entry.identity.modified, entry.identity.changed) / 1_000_000_000
      entries[Self.key(path)] = age >= Self.settlingSeconds ? entry : nil
    }
    if entries != remembered { save(entries) }
    return digests
  }

  private static func key(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }

  /// What is known of the file at `path` if it still holds, else what reading the file gives. The identity is taken before,
  /// so that one that changes meanwhile is read again next time.
  private func entry(
    ofFileAt path: String, known: Entry?, _ check: (String) throws(DatasetError) -> Void
  ) throws(DatasetError) -> Entry {
    guard let identity = FileIdentity(path) else {
      throw DatasetError.unreadable(path: path, reason: systemReason())
    }
    if let known, known.identity == identity { return known }
    try check(path)
    do {
      return Entry(identity: identity, digest: try SHA256.digest(ofFileAt: path))
    } catch {
      throw DatasetError.unreadable(path: path, reason: "\(error)")
    }
  }

  private func load() -> [String: Entry] {
    guard let data = FilePath(path).contents else { return [:] }
    return (try? JSONDecoder().decode([String: Entry].self, from: data)) ?? [:]
  }

  private func save(_ entries: [String: Entry]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard entries.count <= Self.capacity, let data = try? encoder.encode(entries) else {
      try? FileManager.default.removeItem(atPath: path)
      return
    }
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? data.write(to: URL(filePath: path), options: .atomic)
  }
}
