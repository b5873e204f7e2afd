import NbrunArchives
import NbrunDigests
import Foundation
import Synchronization
import Testing

@testable import NbrunDatasets

@Suite struct FetchTests: Sendable {
  let folder: TemporaryFolder
  static let file = SmallDataset.archive()

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Fetches what `server` serves as the archive `file`, and returns the progress.
  private func fetch(
    _ server: LoopbackServer, _ file: [UInt8] = file, digest: Digest? = nil, into path: String? = nil
  ) throws -> (files: CIFAR10Files, progress: [CIFAR10Archive.Progress]) {
    let archive = CIFAR10Archive(
      url: server.url, byteCount: file.count, digest: digest ?? SHA256.digest(of: file), pause: 0.01)
    let progress = Mutex<[CIFAR10Archive.Progress]>([])
    let files = try archive.fetch(into: path ?? folder.path("cache"), layout: SmallDataset.layout) { step in
      progress.withLock { $0.append(step) }
    }
    return (files, progress.withLock { $0 })
  }

  /// What a failed fetch said.
  private func failure(
    _ server: LoopbackServer, _ file: [UInt8] = file, digest: Digest? = nil, into path: String? = nil
  )
    -> DatasetError?
  {
    do {
      _ = try fetch(server, file, digest: digest, into: path)
      return nil
    } catch {
      return error as? DatasetError
    }
  }

  private func expectInstalled(_ files: CIFAR10Files) throws {
    for file in SmallDataset.files {
      #expect(try Data(contentsOf: URL(filePath: files.folder + "/" + file.name)) == Data(file.contents))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("cache")).sorted()
    let ours = ["cifar-10-batches-bin", "cifar-10.lock", "cifar-10.originals.json", "digests.json"]
    #expect(Set(names).isSubset(of: ours), "\(names)")
  }

  private func expectNothingInstalled() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("cache")).sorted()) ?? []
    #expect(names.filter { $0 != "cifar-10.lock" && !$0.hasSuffix(".part") } == [])
  }

  @Test func aWholeFile() throws {
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    let (files, progress) = try fetch(server)
    try expectInstalled(files)
    #expect(server.rangesAsked == [nil])
    let size = Self.file.count
    #expect(progress.contains(.downloading(size, of: size)))
    #expect(progress.contains(.verifying(size, of: size)))
    #expect(progress.last == .unpacking(6 * 61_460, of: 6 * 61_460))
    _ = try CIFAR10(folder: files.folder, layout: SmallDataset.layout)
  }

  @Test func anEncodedTransferIsRefused() throws {
    let server = try LoopbackServer(Self.file, .serveAsEncoded)
    defer { server.stop() }
    let error = failure(server)
    #expect(error == .refused(url: server.url.absoluteString, reason: "is sent with the content encoding gzip"))
    try expectNothingInstalled()
  }

  @Test(arguments: [1, 1_000, 200_000, 368_000])
  func aCutConnectionIsResumed(count: Int) throws {
    let server = try LoopbackServer(Self.file, .cut(after: count), .serve)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked == [nil, "bytes=\(count)-"])
  }

  @Test func manyCutsAreResumed() throws {
    let server = try LoopbackServer(Self.file, .cut(after: 50_000))
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked.count == (Self.file.count + 49_999) / 50_000)
  }

  /// A byte at each connection is no progress: the server is asked a few times and not as often as the file has bytes.
  @Test(arguments: [1, 1_000])
  func aServerOfShortAnswersIsGivenUp(count: Int) throws {
    let server = try LoopbackServer(
      Self.file, .cut(after: count), .cut(after: count), .cut(after: count), .cut(after: count), .serve)
    defer { server.stop() }
    let error = failure(server)
    guard case .interrupted(_, 3 * count, Self.file.count, _) = error else {
      Issue.record("it said \(error.map(\.description) ?? "nothing")")
      return
    }
    #expect(server.rangesAsked.count == 3)
    try expectNothingInstalled()
  }

  /// One that gives half of the file, then has it begun anew, and so on, makes no progress either.
  @Test func aServerThatStartsAnewAgainAndAgainIsGivenUp() throws {
    let half = LoopbackServer.Behaviour.cut(after: 200_000)
    let server = try LoopbackServer(
      Self.file, half, .wrongRange, half, .wrongRange, half, .wrongRange, half, .wrongRange, .serve)
    defer { server.stop() }
    guard case .interrupted = failure(server) else {
      Issue.record("it went on")
      return
    }
    #expect(server.rangesAsked.count <= 4)
  }

  @Test func aLaterRunGoesOnWhereAnEarlierOneStopped() throws {
    let server = try LoopbackServer(
      Self.file, .cut(after: 100_000), .cut(after: 0), .cut(after: 0), .cut(after: 0), .serve)
    defer { server.stop() }
    let error = failure(server)
    guard case .interrupted(_, 100_000, Self.file.count, _) = error else {
      Issue.record("it said \(error.map(\.description) ?? "nothing")")
      return
    }
    #expect("\(try #require(error))".contains("broke off after 100000 of \(Self.file.count) bytes"))
    try expectNothingInstalled()
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked.last == "bytes=100000-")
  }

  @Test func aServerThatIgnoresTheRangeStartsAnew() throws {
    let server = try LoopbackServer(Self.file, .cut(after: 150_000), .ignoreRange)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked.count == 2)
  }

  @Test func aServerThatSendsAnotherPartStartsAnew() throws {
    let server = try LoopbackServer(Self.file, .cut(after: 150_000), .wrongRange, .serve)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked.last == .some(nil))
  }

  @Test func aPartThatIsLargerThanTheWholeStartsAnew() throws {
    try FileManager.default.createDirectory(atPath: folder.path("cache"), withIntermediateDirectories: true)
    try Data(count: Self.file.count + 1).write(to: URL(filePath: folder.path("cache/cifar-10-binary.tar.gz.part")))
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked == [nil])
  }

  @Test func aWholePartIsNotFetchedAgain() throws {
    try FileManager.default.createDirectory(atPath: folder.path("cache"), withIntermediateDirectories: true)
    try Data(Self.file).write(to: URL(filePath: folder.path("cache/cifar-10-binary.tar.gz.part")))
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
    #expect(server.rangesAsked == [])
  }

  @Test func aWrongDigestIsRefusedAndNothingKept() throws {
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    let wrong = SHA256.digest(of: "another file")
    let error = failure(server, digest: wrong)
    let actual = SHA256.digest(of: Self.file)
    #expect(error == .wrongDigest(name: server.url.absoluteString, digest: "\(actual)", expected: "\(wrong)"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("cache")) == ["cifar-10.lock"])
  }

  @Test(arguments: [404, 403, 500])
  func anErrorPageIsNotTheFile(status: Int) throws {
    let server = try LoopbackServer(Self.file, .fail(status: status))
    defer { server.stop() }
    let error = failure(server)
    #expect(error == .refused(url: server.url.absoluteString, reason: "answered with status \(status)"))
    #expect("\(try #require(error))".contains("answered with status \(status): get the file another way"))
    #expect(server.rangesAsked.count == 1)
    try expectNothingInstalled()
  }

  @Test(arguments: [LoopbackServer.Behaviour.serveTooMuch, .babble])
  func anythingElseIsNotTheFile(behaviour: LoopbackServer.Behaviour) throws {
    let server = try LoopbackServer(Self.file, behaviour)
    defer { server.stop() }
    let error = failure(server)
    guard case .interrupted = error else {
      Issue.record("it said \(error.map(\.description) ?? "nothing")")
      return
    }
    try expectNothingInstalled()
  }

  /// The program is not linked to libcurl: a machine without it can do all else.
  @Test func withoutTheLibraryItIsSaidWhatToInstall() throws {
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    let download = Download(
      url: server.url, path: folder.path("part"), byteCount: Self.file.count, libraries: ["libnone.so.1"])
    let reason = "cannot be fetched without libcurl (Debian and Ubuntu: libcurl4), which is not installed"
    #expect(throws: DatasetError.refused(url: server.url.absoluteString, reason: reason)) {
      try download.run { _ in }
    }
    #expect(server.rangesAsked == [])
  }

  /// What a redirection answers is not taken for the file, and its head is forgotten.
  @Test func aRedirectionIsFollowed() throws {
    let server = try LoopbackServer(Self.file, .serve)
    let other = try LoopbackServer(Self.file, .redirect(to: server.url.absoluteString))
    defer { [server, other].forEach { $0.stop() } }
    try expectInstalled(try fetch(other).files)
    #expect(server.rangesAsked == [nil])
  }

  @Test func nobodyListens() throws {
    let server = try LoopbackServer(Self.file, .serve)
    server.stop()
    guard case .interrupted(_, 0, _, let reason) = failure(server) else {
      Issue.record("it was not refused")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func aDamagedArchiveIsSaid() throws {
    var damaged = Self.file
    damaged.replaceSubrange(200_000..<200_010, with: [UInt8](repeating: 0xff, count: 10))
    let server = try LoopbackServer(damaged, .serve)
    defer { server.stop() }
    guard case .damagedArchive("cifar-10-binary.tar.gz", let reason) = failure(server, damaged) else {
      Issue.record("it was not refused")
      return
    }
    #expect(reason.hasPrefix("the checksum of the decompressed data is wrong (at byte "))
    try expectNothingInstalled()
  }

  @Test func anArchiveWithDamagedRecordsIsSaid() throws {
    var files = SmallDataset.files
    files[2].contents[3_073] = 77
    let archive = SmallDataset.archive(files)
    let server = try LoopbackServer(archive, .serve)
    defer { server.stop() }
    guard case .wrongLabel(let path, 2, 77, 10) = failure(server, archive) else {
      Issue.record("it was not refused")
      return
    }
    #expect(path.hasSuffix("data_batch_3.bin"))
    try expectNothingInstalled()
  }

  /// A file system that is full while downloading, and one that is full while unpacking.
  @Test(arguments: [200, 500])
  func aFullDiskIsSaid(kilobytes: Int) throws {
    #if os(Linux)
      let place = folder.path("cache")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      guard mount("tmpfs", place, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
        print("skipped: a small file system can only be made by root")
        return
      }
      defer { umount2(place, Int32(MNT_DETACH)) }
      let server = try LoopbackServer(Self.file, .serve)
      defer { server.stop() }
      let error = failure(server)
      #expect("\(try #require(error))".hasPrefix("cannot write \(place)"))
      #expect("\(try #require(error))".contains("No space left on device; make room there"))
      try expectNothingInstalled()
    #else
      print("skipped: a small file system is made on Linux only")
    #endif
  }

  @Test func anUnwritableFolderIsSaid() throws {
    try Data().write(to: URL(filePath: folder.path("cache")))
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    guard case .unwritable(folder.path("cache"), _) = failure(server) else {
      Issue.record("it was not refused")
      return
    }
  }

  @Test func ofTwoRunsOneFetches() throws {
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    let results = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      let result = (try? fetch(server).files.folder) ?? "failed"
      results.withLock { $0.append(result) }
    }
    #expect(results.withLock { $0 } == [String](repeating: folder.path("cache/cifar-10-batches-bin"), count: 2))
    #expect(server.rangesAsked == [nil])
  }

  @Test func remainsOfAKilledRunAreReplaced() throws {
    for name in ["cifar-10.unfinished", "cifar-10-batches-bin"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("cache/\(name)"), withIntermediateDirectories: true)
      try Data([1]).write(to: URL(filePath: folder.path("cache/\(name)/data_batch_1.bin")))
    }
    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    try expectInstalled(try fetch(server).files)
  }

  // MARK: Taking a copy

  @Test func aFolderOrItsParentIsCopied() throws {
    try SmallDataset.write(to: folder.url.appending(path: "given/cifar-10-batches-bin"))
    let store = CIFAR10Store(folder: folder.path("cache"), layout: SmallDataset.layout)
    try expectInstalled(try store.takeCopy(of: folder.path("given")))
    try expectInstalled(try store.takeCopy(of: folder.path("given/cifar-10-batches-bin")))
  }

  @Test func anArchiveIsUnpacked() throws {
    try Data(Self.file).write(to: URL(filePath: folder.path("given.tar.gz")))
    let store = CIFAR10Store(folder: folder.path("cache"), layout: SmallDataset.layout)
    try expectInstalled(try store.takeCopy(of: folder.path("given.tar.gz")))
  }

  /// Files are known for the authors' if they came out of the verified archive, fetched or given, wherever they are now.
  @Test func theAuthorsFilesAreKnown() throws {
    let cache = folder.path("cache")
    func areOriginal(_ files: CIFAR10Files) throws -> Bool {
      let memory = DigestMemory(cacheFolder: cache)
      return CIFAR10Originals(cacheFolder: cache)
        .contain(try files.digests(rememberedIn: memory, layout: SmallDataset.layout))
    }
    let store = CIFAR10Store(folder: cache, layout: SmallDataset.layout)
    try Data(Self.file).write(to: URL(filePath: folder.path("given.tar.gz")))
    #expect(try !areOriginal(store.takeCopy(of: folder.path("given.tar.gz"))))

    let server = try LoopbackServer(Self.file, .serve)
    defer { server.stop() }
    let archive = CIFAR10Archive(url: server.url, byteCount: Self.file.count, digest: SHA256.digest(of: Self.file))
    #expect(try areOriginal(store.takeCopy(of: folder.path("given.tar.gz"), original: archive)))
    try SmallDataset.write(to: folder.url.appending(path: "elsewhere"))
    #expect(try areOriginal(CIFAR10Files(folder: folder.path("elsewhere"))))

    try FileManager.default.removeItem(atPath: cache)
    #expect(try areOriginal(archive.fetch(into: cache, layout: SmallDataset.layout)))
    try Data(SmallDataset.files[1].contents).write(to: URL(filePath: folder.path("elsewhere/data_batch_1.bin")))
    #expect(try !areOriginal(CIFAR10Files(folder: folder.path("elsewhere"))))
  }

  @Test func whatIsNotTheDataIsRefused() throws {
    let store = CIFAR10Store(folder: folder.path("cache"), layout: SmallDataset.layout)
    #expect(throws: DatasetError.unreadable(path: "/no/such/file", reason: "there is nothing")) {
      try store.takeCopy(of: "/no/such/file")
    }
    #expect(throws: DatasetError.notFound(places: [folder.path()])) { try store.takeCopy(of: folder.path()) }
    try Data("text".utf8).write(to: URL(filePath: folder.path("text")))
    #expect {
      try store.takeCopy(of: folder.path("text"))
    } throws: {
      "\($0)".contains("this is not gzip data (at byte ")
    }
    try expectNothingInstalled()
  }
}
