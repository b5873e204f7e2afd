import Foundation

extension SHA256 {
  /// The digest of the contents of the file at `path`, read piece by piece: memory stays at a megabyte whatever the size.
  ///
  /// `progress` is told the number of bytes digested so far after each piece.
  /// Throws `FileReadingError` when the file cannot be opened or read.
  public static func digest(
    ofFileAt path: String, progress: (_ bytesDone: Int) -> Void = { _ in }
  ) throws(FileReadingError) -> Digest {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadingError(path: path, code: errno) }
    defer { close(descriptor) }
    var hash = SHA256()
    var done = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileReadingError(path: path, code: errno) }
      if count == 0 { return hash.finalize() }
      hash.update(with: UnsafeRawBufferPointer(rebasing: piece[..<count]))
      done += count
      progress(done)
    }
  }
}

/// A file that could not be opened or read, with the system's reason.
public struct FileReadingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file's path, as given.
  public var path: String
  /// The system's error number (`errno`).
  public var code: Int32

  /// The file at `path`, for the reason `code`.
  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  /// One line such as `cannot read data.bin: No such file or directory`.
  public var description: String {
    "cannot read \(path): \(String(cString: strerror(code)))"
  }
}
