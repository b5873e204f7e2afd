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

  /// What tells one state of a file from another.
  private struct Fingerprint: Codable, Equatable, Sendable {
    var size: Int
    var modificationSeconds: Int
    var modificationNanoseconds: Int
    /// The time at which its contents, name or rights last changed: other than the one above, nobody can put it back.
    var changeSeconds: Int
    var changeNanoseconds: Int
    var inode: UInt64
    var device: UInt64
  }

  private struct Entry: Codable, Equatable, Sendable {
    var fingerprint: Fingerprint
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
      let age = now() - max(entry.fingerprint.modificationSeconds, entry.fingerprint.changeSeconds)
      entries[Self.key(path)] = age >= Self.settlingSeconds ? entry : nil
    }
    if entries != remembered { save(entries) }
    return digests
  }

  private static func key(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }

  /// What is known of the file at `path` if it still holds, else what reading the file gives. The fingerprint is taken before,
  /// so that one that changes meanwhile is read again next time.
  private func entry(
    ofFileAt path: String, known: Entry?, _ check: (String) throws(DatasetError) -> Void
  ) throws(DatasetError) -> Entry {
    let fingerprint = try Self.fingerprint(ofFileAt: path)
    if let known, known.fingerprint == fingerprint { return known }
    try check(path)
    do {
      return Entry(fingerprint: fingerprint, digest: try SHA256.digest(ofFileAt: path))
    } catch {
      throw DatasetError.unreadable(path: error.path, reason: "\(error.problem)")
    }
  }

  private static func fingerprint(ofFileAt path: String) throws(DatasetError) -> Fingerprint {
    var status = stat()
    guard stat(path, &status) == 0 else { throw DatasetError.unreadable(path: path, reason: systemReason()) }
    #if canImport(Darwin)
      let (modification, change) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modification, change) = (status.st_mtim, status.st_ctim)
    #endif
    return Fingerprint(
      size: Int(status.st_size), modificationSeconds: modification.tv_sec,
      modificationNanoseconds: modification.tv_nsec, changeSeconds: change.tv_sec, changeNanoseconds: change.tv_nsec,
      inode: UInt64(status.st_ino), device: UInt64(truncatingIfNeeded: status.st_dev))
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
