import Diagnostics
import Foundation
import Synchronization

/// Writes files whole: what a reader finds is the old contents or the new, never a part, whenever the writer dies.
public enum AtomicFile {
  /// Makes `bytes` the contents of the file at `path`, creating its folder where there is none.
  /// - Parameter durably: whether the contents have reached the disk before the file takes its name.
  /// - Throws: one line that names the file and the system's reason, such as a full disk; the old contents stand.
  public static func write(
    _ bytes: some ContiguousBytes, to path: String, durably: Bool = true
  ) throws(Diagnostic) {
    try write(pieces: [bytes], to: path, durably: durably)
  }

  /// Makes `pieces`, one after another, the contents of the file at `path`.
  static func write(pieces: [some ContiguousBytes], to path: String, durably: Bool) throws(Diagnostic) {
    do {
      let temporary = try createTemporary(for: path)
      do {
        defer { close(temporary.descriptor) }
        for piece in pieces { try writeAll(piece, to: temporary.descriptor, path: path) }
        if durably, fsync(temporary.descriptor) != 0 { throw SystemError("cannot write \(path)", code: errno) }
      } catch {
        unlink(temporary.path)
        throw error
      }
      guard rename(temporary.path, path) == 0 else {
        let code = errno
        unlink(temporary.path)
        throw SystemError("cannot write \(path)", code: code)
      }
    } catch let error as SystemError {
      throw error.diagnostic
    } catch {
      throw .error("cannot write \(path): \(error)")
    }
  }

  /// Makes `text` the contents of the file at `path`, unless it says so already: then nothing is touched.
  /// - Returns: whether the file was written.
  @discardableResult
  public static func update(_ path: String, with text: String) throws(Diagnostic) -> Bool {
    let bytes = Data(text.utf8)
    if let old = try? Data(contentsOf: URL(filePath: path)), old == bytes { return false }
    try write(bytes, to: path)
    return true
  }

  /// Removes what writers that died left in `folder` and the folders in it. To be called only while nobody else writes there.
  public static func removeLeftovers(below folder: String) {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return }
    for case let name as String in names where isTemporary((name as NSString).lastPathComponent) {
      unlink("\(folder)/\(name)")
    }
  }

  // MARK: Temporary files

  private static let marker = ".nbrun-part-"
  private static let counter = Atomic<Int>(0)

  static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(marker)
  }

  /// A new file beside `path`, so that renaming it stays within one file system.
  private static func createTemporary(for path: String) throws -> (path: String, descriptor: Int32) {
    let folder = (path as NSString).deletingLastPathComponent
    let name = "\(marker)\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)"
    let temporary = folder.isEmpty ? name : "\(folder)/\(name)"
    var descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0, errno == ENOENT {
      try createFolder(folder)
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw SystemError("cannot write \(path)", code: errno) }
    return (temporary, descriptor)
  }

  private static func writeAll(_ bytes: some ContiguousBytes, to descriptor: Int32, path: String) throws {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 << 30)
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: piece).baseAddress, piece.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw SystemError("cannot write \(path)", code: count < 0 ? errno : ENOSPC) }
        rest = rest.dropFirst(count)
      }
    }
  }
}

/// Creates the folder at `path` and those above it.
/// - Throws: the system's reason why there can be none.
func createFolder(_ path: String) throws(SystemError) {
  if path.isEmpty || mkdir(path, 0o777) == 0 { return }
  switch errno {
  case ENOENT:
    try createFolder((path as NSString).deletingLastPathComponent)
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
  case EEXIST: return
  default: break
  }
  throw SystemError("cannot create the folder \(path)", code: errno)
}
