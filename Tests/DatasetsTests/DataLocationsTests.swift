import Datasets
import Digests
import Foundation
import Testing

@Suite struct DataLocationsTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func theOrderIsOptionEnvironmentCache() {
    let locations = DataLocations(option: "a", environment: ["NBRUN_DATA": "b", "HOME": "/home/ada"])
    #expect(locations.places.map(\.path) == ["a", "b", "/home/ada/.cache/nbrun"])
    #expect(locations.places.map(\.origin) == ["--data", "NBRUN_DATA", nil])
  }

  @Test(arguments: [
    (["XDG_CACHE_HOME": "/caches", "HOME": "/home/ada"], "/caches/nbrun"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
    (["XDG_CACHE_HOME": "", "HOME": "/home/ada"], "/home/ada/.cache/nbrun"),
  ])
  func theCacheFolderFollowsXDG(environment: [String: String], expected: String) {
    #expect(DataLocations(environment: environment).cacheFolder == expected)
  }

  @Test func theFolderOrItsParentWillDo() throws {
    let inner = folder.url.appending(path: "data/cifar-10-batches-bin")
    try SmallDataset.write(to: inner)
    for path in [inner.path(), folder.path("data")] {
      let locations = DataLocations(option: path, environment: ["HOME": folder.path()])
      #expect(try CIFAR10Files.locate(in: locations)?.folder == inner.path())
    }
  }

  @Test func theFirstPlaceThatHasItWins() throws {
    for name in ["a", "b", "home/.cache/nbrun/cifar-10-batches-bin"] {
      try SmallDataset.write(to: folder.url.appending(path: name))
    }
    let environment = ["NBRUN_DATA": folder.path("b"), "HOME": folder.path("home")]
    let first = DataLocations(option: folder.path("a"), environment: environment)
    #expect(try CIFAR10Files.locate(in: first)?.folder == folder.path("a"))
    #expect(try CIFAR10Files.locate(in: DataLocations(environment: environment))?.folder == folder.path("b"))
    let cached = DataLocations(option: folder.path("home"), environment: ["HOME": folder.path("home")])
    #expect(
      try CIFAR10Files.locate(in: cached)?.folder == folder.path("home/.cache/nbrun/cifar-10-batches-bin"))
  }

  @Test func nowhere() throws {
    let locations = DataLocations(option: folder.path(), environment: ["HOME": "/nowhere"])
    #expect(try CIFAR10Files.locate(in: locations) == nil)
    #expect(
      CIFAR10Files.notFound(in: locations).description
        == "CIFAR-10 is not in \(folder.path()) (--data) or /nowhere/.cache/nbrun: `nbrun data cifar-10` fetches it, "
        + "`nbrun data cifar-10 --from PATH` takes a copy, `--stand-in` does without")
  }

  @Test func aMistypedFolderIsSaid() {
    #expect(throws: DatasetError.noSuchFolder(path: "/no/such/folder", origin: "NBRUN_DATA")) {
      try CIFAR10Files.locate(in: DataLocations(environment: ["NBRUN_DATA": "/no/such/folder", "HOME": "/nowhere"]))
    }
  }
}
