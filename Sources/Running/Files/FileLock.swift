import NbrunFilePaths
import NbrunPlatform

/// A lock that a dead process does not hold: an advisory lock of the system on a file, which says whose it is.
///
/// The file goes when the lock is released; what a killed process leaves behind locks nothing.
final class FileLock {
  let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }

  deinit {
    // Removed while still held, so that nobody can be holding a lock on a file that is gone.
    unlink(path)
    close(descriptor)
  }

  /// What came of an attempt.
  enum Attempt {
    case acquired(FileLock)
    /// Another process has it: its id, where it can be read.
    case heldBy(Int?)
    /// The file system knows no such locks.
    case unsupported
  }

  /// Takes the lock at `path` if it is free.
  /// - Throws: where the file cannot be created.
  static func tryAcquire(_ path: String) throws(SystemError) -> Attempt {
    while true {
      var descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      if descriptor < 0, errno == ENOENT {
        try createFolder(FilePath(path).parent.text)
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      }
      guard descriptor >= 0 else { throw SystemError("cannot write \(path)") }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        defer { close(descriptor) }
        return code == EWOULDBLOCK ? .heldBy(holder(descriptor)) : .unsupported
      }
      // Its last holder may have removed the file between our opening and locking it.
      if isFile(descriptor, at: path) {
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.count, 0)
        return .acquired(FileLock(path: path, descriptor: descriptor))
      }
      close(descriptor)
    }
  }

  private static func holder(_ descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 24)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: bytes[..<count], as: UTF8.self).trimmed)
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }
}
