import NbrunDigests
import NbrunPlatform

extension SHA256 {
  /// The digest of the contents of the file at `path`, read piece by piece: memory stays at a megabyte whatever the size.
  ///
  /// `progress` is told the number of bytes digested so far after each piece.
  /// Throws `FileReadingError` when the file cannot be opened or read.
  package static func digest(
    ofFileAt path: String, progress: (_ bytesDone: Int) -> Void = { _ in }
  ) throws(FileReadingError) -> Digest {
    let descriptor: Int32
    do { descriptor = try FilePath(path).open().descriptor } catch {
      throw FileReadingError(path: path, problem: error)
    }
    defer { close(descriptor) }
    var hash = SHA256()
    var done = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileReadingError(path: path, problem: .system(errno)) }
      if count == 0 { return hash.finalize() }
      hash.update(with: UnsafeRawBufferPointer(rebasing: piece[..<count]))
      done += count
      progress(done)
    }
  }
}

/// A file that could not be read, and why.
package struct FileReadingError: Error, Equatable, CustomStringConvertible {
  /// The file's path, as given.
  package var path: String
  /// Why.
  package var problem: FileProblem
  /// One line such as `cannot read data.bin: No such file or directory`.
  package var description: String { "cannot read \(path): \(problem)" }
}
