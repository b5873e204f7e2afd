import NbrunDatasets
import NbrunDiagnostics
import NbrunSteps

/// CIFAR-10 as a source of data for steps: found on this machine, fetched from its authors, or a synthetic stand-in.
struct CIFAR10Source: DataSource {
  var name: DataSourceName { "cifar-10" }
  var summary: String { "60,000 photographs of 32×32 pixels in ten classes (A. Krizhevsky, 2009); 170 MB to fetch." }
  var page: String? { "https://www.cs.toronto.edu/~kriz/cifar.html" }

  func locate(_ search: DataSearch) throws -> DataLocation? {
    try advising(search) {
      try CIFAR10Files.locate(in: search.folders, or: search.cacheFolder).map { try location(of: $0, search) }
    }
  }

  func fetch(_ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void) throws -> DataLocation {
    try advising(search) {
      let files = try CIFAR10Archive.authors.fetch(into: search.cacheFolder) { stage in
        switch stage {
        case .downloading(let done, let total): progress(done, total)
        case .waiting: progress(0, 0)
        case .verifying, .unpacking: break
        }
      }
      return try location(of: files, search)
    }
  }

  func takeCopy(
    of path: String, _ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> DataLocation {
    try advising(search) {
      try location(of: CIFAR10Store(folder: search.cacheFolder).takeCopy(of: path, progress: progress), search)
    }
  }

  func standIn(in folder: String) throws -> DataLocation? {
    // Nothing is written: the images are generated wherever they are read.
    DataLocation(folder: folder, digests: ["stand-in": CIFAR10.standInDigest()], isOriginal: false, isStandIn: true)
  }

  /// What `body` gives; what is wrong with the data is said with what to type in the program that the user has.
  private func advising<Found>(_ search: DataSearch, _ body: () throws -> Found) throws -> Found {
    do { return try body() } catch let error as DatasetError {
      throw Diagnostic.error(error.description(in: search.program))
    }
  }

  private func location(of files: CIFAR10Files, _ search: DataSearch) throws -> DataLocation {
    let digests = try files.digests(
      rememberedIn: DigestMemory(cacheFolder: search.cacheFolder, readsAnew: search.readsAnew))
    let isOriginal = CIFAR10Originals(cacheFolder: search.cacheFolder).contain(digests)
    return DataLocation(
      folder: files.folder, digests: digests, isOriginal: isOriginal, note: isOriginal ? nil : files.note)
  }
}

extension Cell {
  /// The images of CIFAR-10, or of its stand-in; the step must have declared `CIFAR10Source`.
  func cifar10() throws -> CIFAR10 {
    let location = try data(CIFAR10Source())
    return location.isStandIn ? CIFAR10.standIn() : try CIFAR10(folder: location.folder)
  }
}
