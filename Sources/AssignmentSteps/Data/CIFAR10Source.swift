import Datasets
import Digests
import Foundation
import Steps

/// CIFAR-10 as a source of data for steps: found on this machine, fetched from its authors, or a synthetic stand-in.
struct CIFAR10Source: DataSource {
  var name: DataSourceName { "cifar-10" }
  var summary: String { "60,000 photographs of 32×32 pixels in ten classes (A. Krizhevsky, 2009); 170 MB to fetch." }

  func locate(_ search: DataSearch) throws -> DataLocation? {
    var locations = DataLocations(option: nil, environment: [:])
    locations.cacheFolder = search.cacheFolder
    locations.places = search.folders.map { .init(path: $0, origin: "--data or NBRUN_DATA") }
    locations.places.append(.init(path: search.cacheFolder, origin: nil))
    return try CIFAR10Files.locate(in: locations).map { try location(of: $0, search) }
  }

  func fetch(_ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void) throws -> DataLocation {
    let files = try CIFAR10Archive.authors.fetch(into: search.cacheFolder) { stage in
      if case .downloading(let done, let total) = stage { progress(done, total) }
    }
    let digests = try files.digests(rememberedIn: DigestMemory(cacheFolder: search.cacheFolder))
    // What came out of the verified archive is remembered: later runs know the files for the authors' own by it.
    try JSONEncoder().encode(digests).write(to: originals(search), options: .atomic)
    return DataLocation(folder: files.folder, digests: digests, isOriginal: true)
  }

  func takeCopy(
    of path: String, _ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> DataLocation {
    try location(of: CIFAR10Store(folder: search.cacheFolder).takeCopy(of: path, progress: progress), search)
  }

  func standIn(in folder: String) throws -> DataLocation? {
    // Nothing is written: the images are generated wherever they are read.
    DataLocation(
      folder: folder, digests: ["stand-in": CIFAR10.standInDigest()], isOriginal: false, isStandIn: true)
  }

  private func location(of files: CIFAR10Files, _ search: DataSearch) throws -> DataLocation {
    try checkSizes(of: files)
    let digests = try files.digests(rememberedIn: DigestMemory(cacheFolder: search.cacheFolder))
    let known = try? JSONDecoder().decode([String: Digest].self, from: Data(contentsOf: originals(search)))
    return DataLocation(folder: files.folder, digests: digests, isOriginal: digests == known)
  }

  /// Refuses files that are missing or cut off; their labels are checked when they are read.
  private func checkSizes(of files: CIFAR10Files) throws {
    for name in CIFAR10Layout.files {
      let path = files.folder + "/" + name
      guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
        throw DatasetError.unreadable(path: path, reason: "there is no such file")
      }
      let expected = CIFAR10Layout.standard.fileSize
      if size != expected {
        throw DatasetError.wrongSize(
          path: path, byteCount: size, expected: expected, recordSize: CIFAR10Layout.recordSize)
      }
    }
  }

  private func originals(_ search: DataSearch) -> URL {
    URL(filePath: search.cacheFolder).appending(path: "cifar-10.originals.json")
  }
}

extension Cell {
  /// The images of CIFAR-10, or of its stand-in; the step must have declared `CIFAR10Source`.
  func cifar10() throws -> CIFAR10 {
    let location = try data(CIFAR10Source())
    return location.isStandIn ? CIFAR10.standIn() : try CIFAR10(folder: location.folder)
  }
}
