import NbrunArchives
import NbrunFilePaths
import NbrunPlatform

/// The folder that CIFAR-10's files are kept in: it has all of them, or none.
package struct CIFAR10Store: Sendable {
  /// The path of the cache folder; the files are in a folder below it.
  package let folder: String
  private let layout: CIFAR10Layout

  /// The store in the cache folder at the path `folder`, which need not exist yet.
  package init(folder: String, layout: CIFAR10Layout = .standard) { (self.folder, self.layout) = (folder, layout) }

  private var finished: String { folder + "/" + CIFAR10Layout.folder }
  private var unfinished: String { folder + "/cifar-10.unfinished" }

  /// Takes a copy of what is at `path`: a folder with the files, its parent, or a gzipped tar archive of them. The files are checked
  /// first. They need not be the authors', only well-formed; those of `original` are remembered to be.
  package func takeCopy(
    of path: String, original: CIFAR10Archive = .authors, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(DatasetError) -> CIFAR10Files {
    if let source = CIFAR10Files.within(path) {
      _ = try CIFAR10(folder: source.folder, layout: layout)
      return try exclusively { () throws(DatasetError) in try install { try copyFiles(from: source.folder, progress) } }
    }
    guard FilePath(path).kind != nil else { throw DatasetError.unreadable(path: path, reason: "there is nothing") }
    if FilePath(path).kind == .folder { throw DatasetError.notFound(places: [path]) }
    return try exclusively { () throws(DatasetError) in
      let files = try unpack(path, named: path, progress: progress)
      if original.isCopy(at: path) {
        let digests = try files.digests(rememberedIn: DigestMemory(cacheFolder: folder), layout: layout)
        CIFAR10Originals(cacheFolder: folder).remember(digests)
      }
      return files
    }
  }

  /// Unpacks the archive at `path`, which messages call `name`.
  func unpack(_ path: String, named name: String, progress: (_ done: Int, _ total: Int) -> Void) throws(DatasetError)
    -> CIFAR10Files
  {
    try install {
      let descriptor = try DatasetError.opening(path)
      defer { close(descriptor) }
      // Beside the images the archive has a list of the classes and a page that says where it is from.
      let total = CIFAR10Layout.files.count * layout.fileSize
      do {
        try NbrunArchives.unpack(gzippedTar: .file(descriptor), into: unfinished, byteLimit: total + 1 << 20) {
          progress(min($0, total), total)
        }
      } catch let error as SystemError {
        throw DatasetError.unwritable(path: folder, reason: error.description)
      } catch let error as ArchiveError { throw DatasetError.damagedArchive(name: name, reason: error.description) }
    }
  }

  /// Runs `body` while no other run changes the store. `waiting` is called if another one does now.
  func exclusively<Result>(
    waiting: () -> Void = {}, _ body: () throws(DatasetError) -> Result
  ) throws(DatasetError) -> Result {
    try makeFolder(folder)
    let path = folder + "/cifar-10.lock"
    // The lock is the process's: it ends with it, however it ends.
    let lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw DatasetError.unwritable(path: path, reason: systemReason()) }
    defer { close(lock) }
    if flock(lock, LOCK_EX | LOCK_NB) != 0 {
      waiting()
      while flock(lock, LOCK_EX) != 0 {
        guard errno == EINTR else { throw DatasetError.unwritable(path: path, reason: systemReason()) }
      }
    }
    return try body()
  }

  /// Has `fill` put files into an empty folder, checks them, and only then gives them their place.
  private func install(_ fill: () throws -> Void) throws(DatasetError) -> CIFAR10Files {
    try? FileManager.default.removeItem(atPath: unfinished)
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try makeFolder(unfinished)
    do {
      try fill()
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError.unwritable(path: folder, reason: error.systemReason)
    }
    let files = CIFAR10Files.within(unfinished)?.folder ?? unfinished
    _ = try CIFAR10(folder: files, layout: layout)
    try? FileManager.default.removeItem(atPath: finished)
    guard rename(files, finished) == 0 else { throw DatasetError.unwritable(path: finished, reason: systemReason()) }
    return CIFAR10Files(folder: finished)
  }

  private func copyFiles(from source: String, _ progress: (_ done: Int, _ total: Int) -> Void) throws {
    for (index, name) in CIFAR10Layout.files.enumerated() {
      try FileManager.default.copyItem(atPath: source + "/" + name, toPath: unfinished + "/" + name)
      progress((index + 1) * layout.fileSize, CIFAR10Layout.files.count * layout.fileSize)
    }
  }

  private func makeFolder(_ path: String) throws(DatasetError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DatasetError.unwritable(path: path, reason: error.systemReason)
    }
  }
}
