import NbrunPlatform

/// Why a file's contents cannot be had.
package enum FileProblem: Error, Equatable, CustomStringConvertible {
  /// It is a folder, a pipe, a device.
  case notAFile(FilePath.Kind)
  /// It has more bytes than were allowed.
  case tooLarge
  /// Its name, or that of a folder on the way to it, is no UTF-8.
  case notUTF8
  /// What the system says (`errno`).
  case system(Int32)

  /// A few words, to stand behind a colon.
  package var description: String {
    switch self {
    case .notAFile(let kind): kind == .folder ? "it is a folder, not a file" : "it is a pipe or a device, not a file"
    case .tooLarge: "it is too large"
    case .notUTF8: "its name, or that of a folder on the way to it, is no UTF-8"
    case .system(let code): String(cString: strerror(code))
    }
  }
}

extension FilePath {
  /// What stands at a path.
  package enum Kind: Sendable {
    case file
    case folder
    /// A symbolic link, where links are not followed.
    case link
    /// A pipe, a device, a socket.
    case other
  }

  /// The folder where the user stands, without links; empty where it is gone, or its name no UTF-8.
  package static var current: FilePath {
    guard let text = getcwd(nil, 0) else { return FilePath("") }
    defer { free(text) }
    return FilePath(String(validatingCString: text) ?? "")
  }

  /// The one path of what stands here: absolute, without links; nil where nothing does, or `problem` says why.
  package var resolved: FilePath? {
    guard isWhole, let path = realpath(text.isEmpty ? "." : text, nil) else { return nil }
    defer { free(path) }
    return String(validatingCString: path).map(FilePath.init)
  }

  /// Why there is no one path of what stands here; nil where there is.
  package var problem: FileProblem? {
    guard isWhole else { return .system(ENOENT) }
    guard let kind else { return .system(errno) }
    errno = 0
    if resolved != nil { return nil }
    return kind == .other ? .notAFile(kind) : errno == 0 ? .notUTF8 : .system(errno)
  }

  /// The one path of the folder that will be here once it is created: what is there already without links, the rest as text.
  package var place: FilePath {
    let whole = FilePath.current.appending(self)
    var parts = whole.parts
    var rest: [String] = []
    while true {
      if let start = FilePath(parts: parts, isAbsolute: true).resolved {
        return start.appending(FilePath(parts: rest.reversed(), isAbsolute: false)).normalized
      }
      guard let last = parts.popLast() else { return whole.normalized }
      rest.append(last)
    }
  }

  /// What stands here, links followed; nil where nothing does.
  package var kind: Kind? { kind(asking: stat) }
  /// Whether anything stands here, be it a link that leads nowhere.
  package var exists: Bool { kindOfItself != nil }

  /// Whether it is a symbolic link.
  package var isLink: Bool { kindOfItself == .link }
  /// Whether one may write into this folder.
  package var isWritable: Bool { isWhole && access(text, W_OK) == 0 }
  /// The names in this folder in the order of their bytes, `.` and `..` left out; nil where it cannot be read. A name that is no
  /// UTF-8 is there with what is wrong in it replaced, which names nothing.
  package var entries: [String]? { listing?.map(\.name.text) }

  /// The same, each with what it is: links are not followed. This asks the system for no entry by itself, where it need not.
  package var listing: [(name: FilePath, kind: Kind)]? {
    guard isWhole, let stream = opendir(text.isEmpty ? "." : text) else { return nil }
    defer { closedir(stream) }
    var entries: [(name: FilePath, kind: Kind)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name == "." || name == ".." { continue }
      let kind: Kind =
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        // Not every file system says what an entry is.
        case Int(DT_UNKNOWN): appending(name).kindOfItself ?? .other
        default: .other
        }
      entries.append((FilePath(name), kind))
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// Everything in this folder and in those below it, each with what it is: links are not followed. Folders that cannot be read are
  /// taken for empty.
  package var everythingBelow: [(path: FilePath, kind: Kind)] {
    var found: [(path: FilePath, kind: Kind)] = []
    var folders = [self]
    while let folder = folders.popLast() {
      let entries = (folder.listing ?? []).map { (path: folder.appending($0.name), kind: $0.kind) }
      found += entries
      folders += entries.filter { $0.kind == .folder }.map(\.path)
    }
    return found
  }

  private var kindOfItself: Kind? { kind(asking: lstat) }

  private func kind(asking system: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> Int32) -> Kind? {
    var status = stat()
    guard isWhole, system(text.isEmpty ? "." : text, &status) == 0 else { return nil }
    return Kind(status)
  }

  /// The bytes of the file.
  /// - Parameter limit: how many it may have.
  package func read(upTo limit: Int = .max) throws(FileProblem) -> Data {
    let (descriptor, size) = try open()
    defer { close(descriptor) }
    guard size <= limit else { throw .tooLarge }
    return try Self.read(descriptor, expecting: size, upTo: limit)
  }

  /// Opens the file for reading, to its end: never a pipe or a device, which need not have one and may keep a reader waiting for ever.
  /// - Returns: its descriptor, to be closed, and how many bytes it has.
  package func open() throws(FileProblem) -> (descriptor: Int32, size: Int) {
    guard isWhole else { throw .system(ENOENT) }
    // Without waiting: opening a pipe would wait for a writer.
    let descriptor = NbrunPlatform.open(text, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(errno) }
    var status = stat()
    let problem: FileProblem? =
      fstat(descriptor, &status) != 0 ? .system(errno) : Kind(status) == .file ? nil : .notAFile(Kind(status))
    guard let problem else { return (descriptor, Int(status.st_size)) }
    close(descriptor)
    throw problem
  }

  /// The bytes of standard input, be it a file, a pipe or a terminal.
  /// - Parameter limit: how many it may have.
  package static func standardInput(upTo limit: Int) throws(FileProblem) -> Data {
    try read(STDIN_FILENO, expecting: 1 << 16, upTo: limit)
  }

  /// What can be read from `descriptor` up to its end, probably `size` bytes.
  private static func read(
    _ descriptor: Int32, expecting size: Int, upTo limit: Int
  ) throws(FileProblem) -> Data {
    // One byte more than it should have, so that a file that has grown meanwhile is noticed.
    var bytes = Data(count: size + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.count *= 2 }
      let got = bytes.withUnsafeMutableBytes {
        NbrunPlatform.read(descriptor, $0.baseAddress! + count, $0.count - count)
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 && errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&entry, 1, -1)
        continue
      }
      guard got >= 0 else { throw .system(errno) }
      if got == 0 { return bytes.prefix(count) }
      count += got
      guard count <= limit else { throw .tooLarge }
    }
  }

  /// The bytes of the file; nil where they cannot be had.
  package var contents: Data? { try? read() }
  /// Whether the system can be told of it: it ends a path at a zero byte.
  private var isWhole: Bool { !text.utf8.contains(0) }
}

extension FilePath.Kind {
  fileprivate init(_ status: stat) {
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }
}
