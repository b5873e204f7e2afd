import NbrunBinaryCoding
import NbrunDigests
import NbrunPlatform

/// What tells whether a file is still the one that was seen before, without reading it.
struct FileIdentity: Sendable, Equatable, Codable {
  var size: Int
  /// The time at which its contents last changed, in nanoseconds; anybody can set it to another.
  var modified: Int
  /// The time at which its contents, name or rights last changed, in nanoseconds; nobody can set it.
  var changed: Int
  var inode: UInt64
  var device: UInt64

  init(_ status: stat) {
    size = Int(status.st_size)
    #if canImport(Darwin)
      (modified, changed) = (Self.nanoseconds(status.st_mtimespec), Self.nanoseconds(status.st_ctimespec))
    #else
      (modified, changed) = (Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
    #endif
    inode = UInt64(status.st_ino)
    device = UInt64(truncatingIfNeeded: status.st_dev)
  }

  private static func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec) }

  /// The identity of the file at `path`; nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// The digest of a program, remembered between runs by its file's identity.
struct ExecutableIdentity {
  private struct Remembered: Codable {
    var identity: FileIdentity
    var digest: Digest
  }

  let executable: String
  let cacheFolder: String

  /// The digest of the executable.
  /// - Throws: where it cannot be read.
  func digest() throws -> Digest {
    let memory = "\(cacheFolder)/programs/\(SHA256.digest(of: executable).description.prefix(16))"
    let identity = FileIdentity(executable)
    if let identity, let remembered: Remembered = ChecksummedFile.value(at: memory), remembered.identity == identity {
      return remembered.digest
    }
    let digest = try SHA256.digest(ofFileAt: executable)
    if let identity {
      // Only a convenience: where it cannot be written, the program is read again next time.
      try? ChecksummedFile.write(Remembered(identity: identity, digest: digest), to: memory)
    }
    return digest
  }
}

extension ChecksummedFile {
  /// The value stored in the file at `path`; nil where there is none or it is damaged.
  static func value<Value: Decodable>(at path: String) -> Value? {
    guard let section = try? open(path)?.first, let bytes = try? section.load() else { return nil }
    return try? BinaryDecoder.decode(Value.self, from: bytes)
  }

  static func write(_ value: some Encodable, to path: String, durably: Bool = false) throws {
    try write([BinaryEncoder.encode(value)], to: path, durably: durably)
  }
}
