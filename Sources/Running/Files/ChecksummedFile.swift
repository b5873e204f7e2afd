import NbrunDiagnostics
import NbrunDigests
import NbrunPlatform

/// The form of what is stored between runs: sections of bytes, each with its length and checksum, so that damage is noticed
/// rather than used.
///
///     "nbrun\0" version (u16)   count (u32)   count × (length u64, checksum u64)   checksum of all that (u64)   sections…
enum ChecksummedFile {
  /// Grows when the form of anything stored changes; files of another version are as good as absent.
  static let version: UInt16 = 2
  private static let magic = Array("nbrun\0".utf8)
  private static let mostSections = 16
  private static let longestHead = magic.count + 6 + 16 * mostSections + 8

  /// Where a section lies in its file, and its checksum.
  struct Section: Equatable {
    var bytes: StoredBytes
    var checksum: Checksum64

    /// The section's bytes.
    /// - Throws: `DamagedFile` where they are not what was stored.
    func load() throws(DamagedFile) -> [UInt8] {
      guard let loaded = try? bytes.load(), Checksum64(of: loaded) == checksum else {
        throw DamagedFile(path: bytes.path)
      }
      return loaded
    }
  }

  /// Stores `sections` in the file at `path`.
  /// - Throws: one line that names the file and the system's reason.
  static func write(_ sections: [[UInt8]], to path: String, durably: Bool) throws(Diagnostic) {
    try write(inPieces: sections.map { [$0] }, to: path, durably: durably)
  }

  /// Stores sections, each of which comes in pieces, in the file at `path`.
  /// - Throws: one line that names the file and the system's reason.
  static func write(inPieces sections: [[some ContiguousBytes]], to path: String, durably: Bool) throws(Diagnostic) {
    var head = magic
    append(version, to: &head)
    append(UInt32(sections.count), to: &head)
    for section in sections {
      append(section.reduce(UInt64(0)) { $0 + $1.withUnsafeBytes { UInt64($0.count) } }, to: &head)
      append(Checksum64(ofPieces: section).rawValue, to: &head)
    }
    append(Checksum64(of: head).rawValue, to: &head)
    let pieces: [any ContiguousBytes] = [head] + sections.joined().map { $0 }
    try AtomicFile.write(pieces: pieces, to: path, durably: durably)
  }

  /// The sections of the file at `path`; nil where there is no such file.
  /// - Throws: `DamagedFile` where it is not what was stored, as far as its head and length can tell.
  static func open(_ path: String) throws(DamagedFile) -> [Section]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let size = Int(status.st_size)
    // The head and, where a file is short, some of what follows.
    guard let bytes = try? StoredBytes(path: path, offset: 0, count: min(size, longestHead)).load() else {
      throw DamagedFile(path: path)
    }
    let fixed = magic.count + 6
    guard bytes.count >= fixed, bytes.starts(with: magic), read(UInt16.self, bytes, at: magic.count) == version
    else { throw DamagedFile(path: path) }
    let count = Int(read(UInt32.self, bytes, at: magic.count + 2))
    let length = fixed + 16 * count
    guard count <= mostSections, bytes.count >= length + 8,
      Checksum64(of: bytes.prefix(length)).rawValue == read(UInt64.self, bytes, at: length)
    else { throw DamagedFile(path: path) }
    var sections: [Section] = []
    var offset = length + 8
    for index in 0..<count {
      let place = fixed + 16 * index
      guard let size = Int(exactly: read(UInt64.self, bytes, at: place)), size <= Int(status.st_size) - offset else {
        throw DamagedFile(path: path)
      }
      sections.append(
        Section(
          bytes: StoredBytes(path: path, offset: offset, count: size),
          checksum: Checksum64(rawValue: read(UInt64.self, bytes, at: place + 8))))
      offset += size
    }
    guard offset == size else { throw DamagedFile(path: path) }
    return sections
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func read<Value: FixedWidthInteger>(_ type: Value.Type, _ bytes: [UInt8], at offset: Int) -> Value {
    bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
  }
}

/// A stored file that does not hold what was stored.
struct DamagedFile: Error, Equatable { let path: String }
