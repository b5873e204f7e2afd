import NbrunPlatform

/// Reads files that are read to their end: never a pipe or a device, which need not have one and may keep a reader waiting for ever.
package enum RegularFile {
  /// Opens the file at `path` for reading, without waiting.
  /// - Returns: its descriptor, to be closed.
  package static func open(_ path: String) throws(FileReadingError) -> Int32 {
    let descriptor = NbrunPlatform.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadingError(path: path, code: errno) }
    var status = stat()
    let reason =
      if fstat(descriptor, &status) != 0 { String(cString: strerror(errno)) } else {
        switch status.st_mode & S_IFMT {
        case S_IFREG: ""
        case S_IFDIR: "it is a folder, not a file"
        case S_IFIFO: "it is a pipe, not a file"
        default: "it is a device, not a file"
        }
      }
    guard reason.isEmpty else {
      close(descriptor)
      throw FileReadingError(path: path, reason: reason)
    }
    return descriptor
  }
}
