import NbrunDatasets
import Foundation
import NbrunJSONValues
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// The first 20 losses of the notebooks' trainings are those of NumPy, which `losses.py` computed from the definitions.
struct LossesAgainstNumPyTests {
  /// `losses.json`.
  struct Reference: Decodable {
    let digests: [String: String]
    /// By cell, data and precision.
    let losses: [String: [String: [String: [Double]]]]
  }

  /// The parameters of the cells of `cnn.md` that are compared.
  private static let cells: [String: [String: String]] = [
    "overfit": ["weight-scale": "1e-2", "training-count": "100", "epochs": "10", "batch-size": "50"],
    "one-epoch": [
      "weight-scale": "0.001", "hidden-units": "500", "reg": "0.001", "epochs": "1", "batch-size": "50",
    ],
  ]

  private static let limits = ["float32": 1e-4, "float64": 1e-9]

  private static let here = URL(filePath: #filePath).deletingLastPathComponent()

  private func reference() throws -> Reference {
    try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: Self.here.appending(path: "Fixtures/losses.json")))
  }

  private func compare(_ losses: [Double], _ expected: [Double]?, _ precision: String) throws {
    let expected = try #require(expected)
    let limit = try #require(Self.limits[precision])
    #expect(losses.count == 20 && expected.count == 20)
    for (index, (loss, reference)) in zip(losses, expected).enumerated() {
      let difference = abs(loss - reference) / abs(reference)
      #expect(difference <= limit, "iteration \(index + 1): \(loss), not \(reference)")
    }
  }

  /// The losses of the first 20 iterations of a cell.
  private func losses(_ cell: String, _ precision: String, on location: DataLocation) throws -> [Double] {
    let values = try #require(Self.cells[cell])
      .merging(["precision": precision, "print-every": "1"]) { $1 }
    let services = RecordingServices(locations: ["cifar-10": location], stopsAfterLosses: 20)
    do {
      try StepRun("train", values, services: services)
    } catch is CellInterrupted {}
    return try #require(services.series["loss"]).map(\.double)
  }

  /// In float64: on the stand-in NumPy's own losses in float32 are up to 2.4e-4 from those in float64.
  @Test(arguments: cells.keys.sorted())
  func onTheStandIn(cell: String) throws {
    let location = try #require(try CIFAR10Source().standIn(in: ""))
    try compare(
      losses(cell, "float64", on: location), reference().losses[cell]?["stand-in"]?["float64"], "float64")
  }

  @Test(arguments: cells.keys.sorted(), limits.keys.sorted())
  func onTheData(cell: String, precision: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["NBRUN_DATA"] else {
      print("skipped: NBRUN_DATA names no folder with CIFAR-10")
      return
    }
    let cache = FileManager.default.temporaryDirectory.appending(path: "losses-\(UUID())")
    defer { try? FileManager.default.removeItem(at: cache) }
    let search = DataSearch(folders: [folder], cacheFolder: cache.path(percentEncoded: false))
    let location = try #require(try CIFAR10Source().locate(search))
    let reference = try reference()
    guard reference.digests.allSatisfy({ location.digests[$0]?.description == $1 }) else {
      print("skipped: the CIFAR-10 in \(folder) is not the one that the losses were computed on")
      return
    }
    try compare(losses(cell, precision, on: location), reference.losses[cell]?["cifar-10"]?[precision], precision)
  }

  /// What is committed was computed on the same data, in float32.
  @Test(arguments: cells.keys.sorted())
  func inTheCommittedReport(cell: String) throws {
    let path = Self.here.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "outputs/cnn/results.json")
    let results = try JSONDecoder().decode(Results.self, from: Data(contentsOf: path))
    let reference = try reference()
    #expect(reference.digests.allSatisfy { results.data["cifar-10"]?.files[$0] == $1 })
    let losses = try #require(results.cells.first { $0.id == cell }?.series["loss"])
    try compare(Array(losses.prefix(20)), reference.losses[cell]?["cifar-10"]?["float32"], "float32")
  }

  private struct Results: Decodable {
    struct Cell: Decodable {
      let id: String
      let series: [String: [Double]]
    }

    struct Source: Decodable {
      let files: [String: String]
    }

    let cells: [Cell]
    let data: [String: Source]
  }
}
