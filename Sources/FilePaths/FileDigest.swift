import NbrunDigests
import NbrunPlatform

extension SHA256 {
  /// The digest of the contents of the file at `path`, read piece by piece: memory stays at a megabyte whatever the size.
  ///
  /// `progress` is told the number of bytes digested so far after each piece.
  /// Throws why the file cannot be opened or read.
  package static func digest(
    ofFileAt path: String, progress: (_ bytesDone: Int) -> Void = { _ in }
  ) throws(FileProblem) -> Digest {
    let descriptor = try FilePath(path).open().descriptor
    defer { close(descriptor) }
    var hash = SHA256()
    var done = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system(errno) }
      if count == 0 { return hash.finalize() }
      hash.update(with: UnsafeRawBufferPointer(rebasing: piece[..<count]))
      done += count
      progress(done)
    }
  }
}
