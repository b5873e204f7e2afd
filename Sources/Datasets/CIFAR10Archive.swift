import NbrunDigests
import NbrunPlatform

/// An archive of CIFAR-10's files on a server, known by its size and digest.
package struct CIFAR10Archive: Sendable {
  package var url: URL
  /// The number of its bytes.
  package var byteCount: Int
  /// The SHA-256 of its bytes.
  package var digest: Digest
  /// The seconds to wait before connecting again after a connection broke.
  package var pause = 1.0

  /// The archive on the page of the dataset's authors.
  package static let authors: CIFAR10Archive = {
    guard let url = URL(string: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
      let digest = Digest(hexadecimal: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")
    else { fatalError("the archive's address or digest is misspelt") }
    return CIFAR10Archive(url: url, byteCount: 170_052_171, digest: digest)
  }()

  /// How far fetching has come.
  package enum Progress: Sendable, Equatable {
    /// Another run is fetching; this one waits for it.
    case waiting
    /// So many bytes are downloaded, of so many.
    case downloading(Int, of: Int)
    /// The digest of what was downloaded is being computed: so many bytes of so many.
    case verifying(Int, of: Int)
    /// So many bytes are unpacked, of so many.
    case unpacking(Int, of: Int)
  }

  /// Downloads the archive, verifies it and unpacks it into `cacheFolder`, which is created; returns the files there.
  ///
  /// A download that breaks off stays and the next call goes on from it. What is unpacked appears under its name only when
  /// it is whole. Of several runs at a time one fetches, and the others wait.
  package func fetch(
    into cacheFolder: String, layout: CIFAR10Layout = .standard,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(DatasetError) -> CIFAR10Files {
    let store = CIFAR10Store(folder: cacheFolder, layout: layout)
    return try store.exclusively(waiting: { progress(.waiting) }) { () throws(DatasetError) in
      if let files = CIFAR10Files.within(cacheFolder), (try? CIFAR10(folder: files.folder, layout: layout)) != nil {
        return files  // Another run has fetched it meanwhile.
      }
      let part = cacheFolder + "/cifar-10-binary.tar.gz.part"
      let byteCount = byteCount
      try Download(url: url, path: part, byteCount: byteCount, pause: pause).run {
        progress(.downloading($0, of: byteCount))
      }
      try verify(part) { progress(.verifying($0, of: byteCount)) }
      let files = try store.unpack(part, named: url.lastPathComponent) { progress(.unpacking($0, of: $1)) }
      unlink(part)
      let digests = try files.digests(rememberedIn: DigestMemory(cacheFolder: cacheFolder), layout: layout)
      CIFAR10Originals(cacheFolder: cacheFolder).remember(digests)
      return files
    }
  }

  /// Whether the file at `path` is this archive.
  func isCopy(at path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, Int(status.st_size) == byteCount else { return false }
    return (try? SHA256.digest(ofFileAt: path)) == digest
  }

  /// Throws, and removes the file at `path`, if it is not the archive.
  private func verify(_ path: String, progress: (Int) -> Void) throws(DatasetError) {
    let actual: Digest
    do { actual = try SHA256.digest(ofFileAt: path, progress: progress) } catch {
      throw DatasetError.unreadable(path: path, reason: "\(error)")
    }
    guard actual == digest else {
      unlink(path)
      throw DatasetError.wrongDigest(name: url.absoluteString, digest: "\(actual)", expected: "\(digest)")
    }
  }
}
