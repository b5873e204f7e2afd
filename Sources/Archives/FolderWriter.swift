import NbrunPlatform

/// Writes the entries of an archive into a folder that nothing else writes to.
///
/// Files are created, never opened: an entry that would replace another is an error, and no link is ever followed because
/// none is ever made.
package struct FolderWriter: TarVisitor {
  private let folder: String
  private var path = ""
  private var descriptor: Int32?

  /// A writer into the existing folder at the path `folder`.
  package init(into folder: String) { self.folder = folder }

  /// Creates the file or folder.
  package mutating func begin(_ entry: TarEntry) throws {
    path = entry.path
    switch entry.kind {
    case .folder: try createFolder(entry.path)
    case .file:
      if let slash = entry.path.lastIndex(of: "/") { try createFolder(String(entry.path[..<slash])) }
      let opened = open(folder + "/" + entry.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      guard opened >= 0 else { throw SystemError("cannot create \(path)") }
      descriptor = opened
    }
  }

  /// Writes to the file.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let descriptor else { return }
    do { try writeAll(bytes, to: descriptor) } catch {
      abandon()
      throw SystemError("cannot write \(path)", code: error.code)
    }
  }

  /// Closes the file. Some systems say only now that it could not be written.
  package mutating func end() throws {
    guard let descriptor else { return }
    self.descriptor = nil
    if close(descriptor) != 0 { throw SystemError("cannot write \(path)") }
  }

  /// Closes a file that remains incomplete.
  package mutating func abandon() {
    if let descriptor { close(descriptor) }
    descriptor = nil
  }

  /// Creates a folder and those above it, where they are not there yet.
  private func createFolder(_ path: String) throws {
    var made = folder
    for component in path.split(separator: "/") {
      made += "/" + component
      if mkdir(made, 0o755) != 0, errno != EEXIST { throw SystemError("cannot create \(path)") }
    }
  }
}

/// Unpacks the gzipped tar archive that `source` gives into the existing, empty folder at the path `folder`.
///
/// At most `byteLimit` bytes of files are written. Throws an `ArchiveError` for an archive that is damaged, unsafe or too
/// large, a `SystemError` for a file that cannot be written; what was written until then stays and is of no use.
/// `progress` is told the number of decompressed bytes so far.
package func unpack(
  gzippedTar source: ByteSource, into folder: String, byteLimit: Int, progress: (_ bytesDone: Int) -> Void = { _ in }
) throws {
  var reader = TarReader(byteLimit: byteLimit)
  var writer = FolderWriter(into: folder)
  defer { writer.abandon() }
  var done = 0
  // Headers and padding come on top of the files: a sixteenth more and a megabyte is ample.
  let streamLimit = byteLimit.addingReportingOverflow(byteLimit / 16 + 1 << 20)
  try Gzip.decompress(source, limit: streamLimit.overflow ? .max : streamLimit.partialValue) { bytes in
    try reader.read(bytes, &writer)
    done += bytes.count
    progress(done)
  }
  try reader.finish()
}
