import Foundation
import NbrunNeuralNetworks
import NbrunSteps
import NbrunTestSupport
import Testing

@testable import NbrunAssignmentSteps

/// The gradient checks of the notebooks, other seeds, and shapes that the notebooks do not use.
struct CheckGradientsTests {
  /// The cells of the notebooks.
  static let cells: [[String: String]] = [
    ["layer": "convolution", "input-shape": "[4, 3, 5, 5]", "filter-shape": "[2, 3, 3, 3]", "pad": "1"],
    ["layer": "max-pooling", "input-shape": "[3, 2, 8, 8]", "pool-size": "2", "stride": "2"],
    ["layer": "conv-relu-pool", "input-shape": "[2, 3, 16, 16]", "filter-shape": "[3, 3, 3, 3]", "pad": "1"],
    ["layer": "conv-relu", "input-shape": "[2, 3, 8, 8]", "filter-shape": "[3, 3, 3, 3]", "pad": "1"],
    [
      "layer": "spatial-batch-normalization", "input-shape": "[2, 3, 4, 5]", "input-scale": "5", "input-offset": "12",
    ],
  ]

  @Test(arguments: cells, Array(shareOfTrials(20)))
  func twentySeeds(cell: [String: String], seed: Int) throws {
    let run = try StepRun("gradient-check", cell, seed: UInt32(seed))
    let limit = cell["layer"] == "max-pooling" ? 1e-9 : 1e-6
    for (key, value) in run.services.metrics where key.text.hasSuffix("-error") {
      #expect(value.double < limit, "\(key)")
    }
    #expect(run["kinks"] < 20)
    run.expectDeclared()
  }

  @Test(arguments: [
    ["layer": "convolution", "input-shape": "[2, 3, 6, 5]", "filter-shape": "[2, 3, 1, 1]"],
    ["layer": "convolution", "input-shape": "[1, 2, 9, 6]", "filter-shape": "[3, 2, 3, 2]", "stride": "3", "pad": "2"],
    [
      "layer": "convolution", "implementation": "fast", "input-shape": "[2, 2, 7, 4]", "filter-shape": "[2, 2, 2, 3]",
      "stride": "2", "pad": "1",
    ],
    ["layer": "max-pooling", "input-shape": "[2, 2, 7, 5]", "pool-size": "[3, 2]", "stride": "1"],
    ["layer": "max-pooling", "implementation": "fast", "input-shape": "[1, 3, 6, 9]", "pool-size": "3", "stride": "2"],
    [
      "layer": "conv-relu-pool", "input-shape": "[2, 1, 9, 8]", "filter-shape": "[2, 1, 3, 3]", "pad": "0",
      "pool-size": "3", "pool-stride": "2",
    ],
    ["layer": "affine", "input-shape": "[3, 2, 2, 2]", "units": "5"],
    ["layer": "batch-normalization", "input-shape": "[6, 4]"],
    ["layer": "softmax-loss", "input-shape": "[5, 7]"],
  ])
  func otherShapes(cell: [String: String]) throws {
    let run = try StepRun("gradient-check", cell)
    for (key, value) in run.services.metrics where key.text.hasSuffix("-error") {
      #expect(value.double < 1e-6, "\(key)")
    }
    run.expectDeclared()
  }

  @Test(
    arguments: [
      (["input-shape": "[4, 2, 5, 5]"], "filter-shape"),
      (["filter-shape": "[2, 3, 8, 3]"], "filter-shape"),
      (["input-shape": "[4, 3, 5]"], "input-shape"),
      (["implementation": "quick"], "implementation"),
      (["layer": "conv-relu-pool", "pool-size": "6"], "pool-size"),
      (["layer": "max-pooling", "filter-shape": "[]", "pool-size": "6"], "pool-size"),
      (["layer": "spatial-batch-normalization", "input-shape": "[4, 2]", "filter-shape": "[]"], "input-shape"),
      (["input-shape": "[4000000, 3, 5000, 5]"], "input-shape"),
      (["layer": "affine", "filter-shape": "[]", "units": "900000000000000000"], "input-shape"),
    ] as [([String: String], String)])
  func sizesThatDoNotMeet(change: [String: String], key: String) throws {
    #expect(try mistake("gradient-check", Self.cells[0].merging(change) { $1 })?.key == key)
  }

  /// Every array that a layer makes on its way is counted, not only what it takes and gives.
  @Test(arguments: ["convolution", "conv-relu", "conv-relu-pool"])
  func paddingThatFillsTheMemoryIsRefused(layer: String) throws {
    let values = ["layer": layer, "input-shape": "[1, 1, 8, 8]", "filter-shape": "[1, 1, 2, 2]"]
    for pad in ["20000", "200000", "1000000"] {
      let given = values.merging(["pad": pad, "stride": "\(Int(pad)! / 2)"]) { $1 }
      #expect(["pad", "filter-shape"].contains(try mistake("gradient-check", given)?.key), "\(given)")
    }
    #expect(try mistake("gradient-check", values.merging(["stride": "400000", "pool-size": "1"]) { $1 }) == nil)
  }

  @Test func unknownLayersSuggest() throws {
    let error = #expect(throws: ValueError.self) {
      try StepRun("gradient-check", ["layer": "convolutoin", "input-shape": "[1]"])
    }
    #expect(error?.message.contains("convolution") == true)
  }

  @Test func arraysAreNumPys() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/arrays.json")
    let expected = try JSONDecoder().decode([String: [[Double]]].self, from: Data(contentsOf: path))
    #expect(expected.count == 3)
    for cell in Self.cells {
      guard let name = cell["layer"], let numbers = expected[name] else { continue }
      var sizes = LayerParameters()
      sizes.layer = LayerName(layer: try #require(LayerCatalogue.checkable(named: name)))
      sizes.inputShape = try [Int].read(text: cell["input-shape"] ?? "")
      sizes.filterShape = try [Int].read(text: cell["filter-shape"] ?? "[]")
      sizes.stride = Int(cell["stride"] ?? "1") ?? 1
      sizes.pad = Int(cell["pad"] ?? "0") ?? 0
      sizes.inputScale = Double(cell["input-scale"] ?? "1") ?? 1
      sizes.inputOffset = Double(cell["input-offset"] ?? "0") ?? 0
      let inputs = try sizes.drawInputs(for: Cell(id: "cell", seed: 231, threads: 1, services: RecordingServices()))
      #expect(inputs.arrays.map(\.elements) + [inputs.outputGradient.elements] == numbers, "\(name)")
    }
  }
}
