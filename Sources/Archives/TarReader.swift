/// A file or folder in a tar archive.
package struct TarEntry: Sendable, Hashable {
  /// What an entry can be. Links, devices and everything else are refused.
  package enum Kind: Sendable, Hashable {
    case file
    case folder
  }

  /// The path below the folder that the archive is unpacked into: relative, without `.` and `..`.
  package var path: String
  package var kind: Kind
  /// The number of bytes of its contents; 0 for a folder.
  package var size: Int
}

/// What is told of an archive's entries as they are read: each begins, gets its contents in pieces if it is a file, and ends.
package protocol TarVisitor {
  mutating func begin(_ entry: TarEntry) throws
  /// Some more of the contents of the entry that began last.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws
  /// The entry that began last is complete.
  mutating func end() throws
}

/// Reads a tar archive (POSIX ustar and pax, GNU long names) that arrives in pieces, with bounded memory.
///
/// It lets through files and folders with safe relative paths and throws an `ArchiveError` for everything else: links, devices,
/// absolute paths, `..`, more entries or bytes than allowed, and all that is damaged.
package struct TarReader {
  /// The largest header extension (a long name, pax records) that is read.
  private static let extensionLimit = 65_536

  private enum State {
    /// Collecting the next header block.
    case header
    /// Passing on what is left of a file, then skipping its padding.
    case contents(left: Int, padding: Int)
    /// Collecting what is left of a header extension, then skipping its padding.
    case extending(type: UInt8, left: Int, padding: Int)
    case padding(left: Int)
    /// The end was marked; whatever follows has no meaning.
    case finished
  }

  private let entryLimit: Int
  private var bytesLeft: Int
  private let byteLimit: Int
  private var state = State.header
  private var collected: [UInt8] = []
  private var emptyBlocks = 0
  private var entryCount = 0
  private var offset = 0
  private var longName: [UInt8]?
  private var longSize: Int?

  /// A reader that accepts at most this many entries and this many bytes of files in all.
  package init(byteLimit: Int, entryLimit: Int = 10_000) {
    self.byteLimit = byteLimit
    self.entryLimit = entryLimit
    bytesLeft = byteLimit
  }

  /// Reads on in the archive and tells `visitor` what is there.
  package mutating func read(_ bytes: UnsafeRawBufferPointer, _ visitor: inout some TarVisitor) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let taken: Int
      switch state {
      case .header:
        taken = min(TarHeader.blockSize - collected.count, rest.count)
        collected.append(contentsOf: rest.prefix(taken))
        offset += taken
        if collected.count == TarHeader.blockSize { try readHeader(&visitor) }
      case .contents(let left, let padding):
        taken = min(left, rest.count)
        try visitor.append(UnsafeRawBufferPointer(rebasing: rest.prefix(taken)))
        offset += taken
        state = .contents(left: left - taken, padding: padding)
        if taken == left { try endFile(padding, &visitor) }
      case .extending(let type, let left, let padding):
        taken = min(left, rest.count)
        collected.append(contentsOf: rest.prefix(taken))
        offset += taken
        state = .extending(type: type, left: left - taken, padding: padding)
        if taken == left { try endExtension(type, padding) }
      case .padding(let left):
        taken = min(left, rest.count)
        offset += taken
        skip(left - taken)
      case .finished: return
      }
      rest = rest.dropFirst(taken)
    }
  }

  /// Says that nothing follows. Throws if the archive ends in the middle of an entry.
  package func finish() throws {
    switch state {
    case .finished: return
    case .header where collected.isEmpty && longName == nil && entryCount > 0: return
    default: throw error(entryCount == 0 ? "this is not a tar archive" : "the archive ends in the middle")
    }
  }

  // MARK: Headers

  private mutating func readHeader(_ visitor: inout some TarVisitor) throws {
    defer { if case .header = state { collected.removeAll(keepingCapacity: true) } }
    if collected.allSatisfy({ $0 == 0 }) {
      emptyBlocks += 1
      if emptyBlocks == 2 { state = .finished }
      return
    }
    guard emptyBlocks == 0 else { throw error("an entry follows an empty block") }
    let header: TarHeader
    do { header = try TarHeader(collected) } catch {
      throw self.error(entryCount == 0 ? "this is not a tar archive: \(error.message)" : error.message)
    }
    collected.removeAll(keepingCapacity: true)
    let padding = (TarHeader.blockSize - header.size % TarHeader.blockSize) % TarHeader.blockSize
    switch header.type {
    case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"):
      guard header.size <= Self.extensionLimit else { throw error("a header extension has \(header.size) bytes") }
      state = .extending(type: header.type, left: header.size, padding: padding)
      if header.size == 0 { try endExtension(header.type, padding) }
    default: try begin(header, &visitor)
    }
  }

  private mutating func begin(_ header: TarHeader, _ visitor: inout some TarVisitor) throws {
    let name = longName ?? header.name
    let path = try safePath(name)
    let size = longSize ?? header.size
    (longName, longSize) = (nil, nil)
    entryCount += 1
    guard entryCount <= entryLimit else { throw error("there are more than the allowed \(entryLimit) entries") }
    // Programs older than POSIX mark a folder by a slash behind its name only.
    let isOldFolder = header.type == 0 && name.last == UInt8(ascii: "/")
    switch isOldFolder ? UInt8(ascii: "5") : header.type {
    case UInt8(ascii: "0"), UInt8(ascii: "7"), 0:
      guard !path.isEmpty else { throw error("a file has no name") }
      guard size <= bytesLeft else { throw error("the files have more than the allowed \(byteLimit) bytes") }
      bytesLeft -= size
      try visitor.begin(TarEntry(path: path, kind: .file, size: size))
      let padding = (TarHeader.blockSize - size % TarHeader.blockSize) % TarHeader.blockSize
      state = .contents(left: size, padding: padding)
      if size == 0 { try endFile(padding, &visitor) }
    case UInt8(ascii: "5"):
      guard size == 0 else { throw error("the folder “\(path)” has contents") }
      try visitor.begin(TarEntry(path: path, kind: .folder, size: 0))
      try visitor.end()
    case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "K"): throw error("“\(path)” is a link")
    case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): throw error("“\(path)” is a device or a pipe")
    default: throw error("“\(path)” is neither a file nor a folder")
    }
  }

  private mutating func endFile(_ padding: Int, _ visitor: inout some TarVisitor) throws {
    try visitor.end()
    skip(padding)
  }

  private mutating func skip(_ left: Int) { state = left > 0 ? .padding(left: left) : .header }

  private mutating func endExtension(_ type: UInt8, _ padding: Int) throws {
    switch type {
    case UInt8(ascii: "L"): longName = TarHeader.text(collected)
    case UInt8(ascii: "x"): try readPaxRecords()
    default: break  // A global header: none of its records matters here.
    }
    collected.removeAll(keepingCapacity: true)
    skip(padding)
  }

  /// Reads records of the form `LENGTH KEY=VALUE\n`, LENGTH counting all of it.
  private mutating func readPaxRecords() throws {
    var rest = collected[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != UInt8(ascii: " ") }
      guard digits.count <= 5, let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 1,
        length <= rest.count, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
      else { throw error("a pax record is damaged") }
      let record = rest.prefix(length - 1).dropFirst(digits.count + 1)
      rest = rest.dropFirst(length)
      guard let separator = record.firstIndex(of: UInt8(ascii: "=")) else { throw error("a pax record has no value") }
      let value = record[(separator + 1)...]
      switch String(decoding: record[..<separator], as: UTF8.self) {
      case "path": longName = Array(value)
      case "size":
        guard let size = Int(String(decoding: value, as: UTF8.self)), size >= 0 else {
          throw error("the size in a pax record is not a number")
        }
        longSize = size
      default: break
      }
    }
  }

  // MARK: Paths

  /// The path that `name` stands for, without empty and `.` components.
  private func safePath(_ name: [UInt8]) throws -> String {
    guard let text = String(validating: name, as: UTF8.self) else { throw error("a name is not UTF-8") }
    guard !text.utf8.contains(0) else { throw error("a name contains a NUL") }
    guard !text.hasPrefix("/") else { throw error("“\(text)” is an absolute path") }
    let components = text.split(separator: "/").filter { $0 != "." }
    guard !components.contains("..") else { throw error("“\(text)” leads out of the folder") }
    guard !components.isEmpty || name.first == UInt8(ascii: ".") else { throw error("an entry has no name") }
    return components.joined(separator: "/")
  }

  private func error(_ message: String) -> ArchiveError {
    ArchiveError(message: message, layer: .archive, offset: offset)
  }
}
