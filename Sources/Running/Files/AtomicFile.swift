import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import Synchronization

/// Writes files whole: what a reader finds is the old contents or the new, never a part, whenever the writer dies.
package enum AtomicFile {
  /// Makes `bytes` the contents of the file at `path`, creating its folder where there is none.
  /// - Parameter durably: whether the contents have reached the disk before the file takes its name.
  /// - Throws: one line that names the file and the system's reason, such as a full disk; the old contents stand.
  package static func write(_ bytes: some ContiguousBytes, to path: String, durably: Bool = true) throws(Diagnostic) {
    try write(pieces: [bytes], to: path, durably: durably)
  }

  /// Makes `pieces`, one after another, the contents of the file at `path`.
  static func write(pieces: [any ContiguousBytes], to path: String, durably: Bool) throws(Diagnostic) {
    let file = try PendingFile(pieces, for: path, durably: durably)
    do { try file.commit() } catch {
      file.discard()
      throw error
    }
  }

  /// Makes `text` the contents of the file at `path`, unless it says so already: then nothing is touched.
  /// - Returns: whether the file was written.
  @discardableResult
  package static func update(_ path: String, with text: String) throws(Diagnostic) -> Bool {
    try !update([(path, Data(text.utf8))]).isEmpty
  }

  /// Makes all bytes the contents of their file, in the given order, leaving files alone that say so already. Where the disk has no
  /// room for all of them, none is touched.
  /// - Returns: the paths of the files that were written.
  @discardableResult
  package static func update(_ contents: [(path: String, bytes: Data)]) throws(Diagnostic) -> [String] {
    var files: [PendingFile] = []
    do throws(Diagnostic) {
      for (path, bytes) in contents {
        if let old = FilePath(path).contents, old == bytes { continue }
        files.append(try PendingFile([bytes], for: path, durably: true))
      }
      for file in files { try file.commit() }
    } catch {
      for file in files { file.discard() }
      throw error
    }
    return files.map(\.path)
  }

  /// Makes sure that the file at `path` can be written, by one beside it that comes and goes, before work is done whose result is
  /// to stand there. Folders that are made for that go, too.
  /// - Throws: what `write` would throw.
  package static func probe(_ path: String) throws(Diagnostic) {
    if FilePath(path).kind == .folder { throw SystemError("cannot write \(path)", code: EISDIR).diagnostic }
    var missing: [FilePath] = []
    var folder = FilePath(path).parent
    while !folder.parts.isEmpty, !folder.exists {
      missing.append(folder)
      folder = folder.parent
    }
    try PendingFile([], for: path, durably: false).discard()
    for folder in missing { rmdir(folder.text) }
  }

  /// Removes what writers that died left in `folder` and the folders in it. To be called only while nobody else writes there.
  package static func removeLeftovers(below folder: String) {
    for (path, _) in FilePath(folder).everythingBelow where path.name.hasPrefix(PendingFile.marker) {
      unlink(path.text)
    }
  }
}

/// New contents of a file, written beside it and not yet in its place.
private struct PendingFile {
  static let marker = ".nbrun-part-"
  private static let counter = Atomic<Int>(0)

  /// The file whose contents these will be.
  let path: String
  private let temporary: String

  /// Writes `pieces` beside the file at `path`, so that renaming stays within one file system.
  init(_ pieces: [any ContiguousBytes], for path: String, durably: Bool) throws(Diagnostic) {
    self.path = path
    let folder = FilePath(path).parent
    temporary = folder.appending("\(Self.marker)\(getpid())-\(Self.counter.add(1, ordering: .relaxed).newValue)").text
    do throws(SystemError) {
      let descriptor = try Self.create(temporary, in: folder.text, for: path)
      defer { close(descriptor) }
      do {
        for piece in pieces { try piece.withUnsafeBytes { try writeAll($0, to: descriptor) } }
      } catch { throw SystemError("cannot write \(path)", code: (error as? SystemError)?.code ?? EIO) }
      if durably, Self.reachDisk(descriptor) != 0 { throw SystemError("cannot write \(path)") }
    } catch {
      unlink(temporary)
      throw error.diagnostic
    }
  }

  /// Puts the contents in their place.
  func commit() throws(Diagnostic) {
    guard rename(temporary, path) == 0 else { throw SystemError("cannot write \(path)").diagnostic }
  }

  /// Removes the contents unless they are in their place.
  func discard() { unlink(temporary) }

  /// Waits until what was written is on the disk.
  private static func reachDisk(_ descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      // There `fsync` ends when the disk has heard of it; file systems that know nothing more answer the other call with an error.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
    #endif
    return fsync(descriptor)
  }

  private static func create(_ temporary: String, in folder: String, for path: String) throws(SystemError) -> Int32 {
    // `O_EXCL` opens nothing that is there, a link neither.
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    var descriptor = open(temporary, flags, 0o666)
    if descriptor < 0, errno == ENOENT {
      try createFolder(folder)
      descriptor = open(temporary, flags, 0o666)
    } else if descriptor < 0, errno == EEXIST {
      // A writer with the same process number has died.
      unlink(temporary)
      descriptor = open(temporary, flags, 0o666)
    }
    guard descriptor >= 0 else { throw SystemError("cannot write \(path)") }
    return descriptor
  }
}

extension SystemError {
  /// The error as it is told to the user.
  var diagnostic: Diagnostic { .error(description) }
}

/// Creates the folder at `path` and those above it.
/// - Throws: the system's reason why there can be none.
func createFolder(_ path: String) throws(SystemError) {
  if path.isEmpty || mkdir(path, 0o777) == 0 { return }
  switch errno {
  case ENOENT:
    try createFolder(FilePath(path).parent.text)
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
  case EEXIST: return
  default: break
  }
  throw SystemError("cannot create the folder \(path)")
}
