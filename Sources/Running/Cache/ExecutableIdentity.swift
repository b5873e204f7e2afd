import NbrunBinaryCoding
import NbrunDigests
import NbrunFilePaths
import NbrunSteps

/// The digest of a program, remembered between runs by its file's identity.
enum ExecutableIdentity {
  private struct Remembered: Codable {
    var identity: FileIdentity
    var digest: Digest
  }

  /// The digest of the program in the file at `executable`.
  /// - Throws: where it cannot be read.
  static func digest(of executable: String, cacheFolder: String) throws -> Digest {
    let memory = "\(cacheFolder)/programs/\(SHA256.digest(of: executable).description.prefix(16))"
    let identity = FileIdentity(executable)
    if let identity, let remembered: Remembered = ChecksummedFile.value(at: memory), remembered.identity == identity {
      return remembered.digest
    }
    let digest: Digest
    do { digest = try SHA256.digest(ofFileAt: executable) } catch {
      throw StepFailure("cannot read \(executable): \(error)")
    }
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
