import NbrunJSONValues
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// What reports list of a cell: what it computes with, and nothing that has no effect.
@Suite struct EffectiveParameterTests {
  /// The parameters of the step `name` with these values, as `key: value`, those that `keys` names.
  private func effective(_ name: StepName, _ values: [String: String]) throws -> [String: JSONValue] {
    try #require(assignmentSteps[name]).configure(values).effectiveParameters(given: Set(values.keys))
  }

  @Test func aTrainingHasItsNetworksSizes() throws {
    let parameters = try effective("train", ["epochs": "2"])
    #expect(parameters["filters"] == .integer(32) && parameters["filter-size"] == .integer(7))
    #expect(parameters["hidden-units"] == .integer(100) && parameters["training-count"] == .integer(49_000))
    #expect(parameters["weight-scale"]?.double == 1e-3 && parameters["network"] == nil)
    #expect(try effective("train", ["filters": "8"])["filters"] == .integer(8))
    let line = try effective("train", ["network": "conv(2) - relu - affine(4) - softmax"])
    for key in ["filters", "filter-size", "hidden-units", "batch-normalization"] { #expect(line[key] == nil, "\(key)") }
    #expect(line["network"] != nil && line["weight-scale"] == .string("√(2 / inputs of a unit)"))
  }

  /// The settings of each layer that a check or a race lists: those that it depends on.
  @Test(arguments: [
    ("convolution", "[2, 3, 8, 8]", "[2, 3, 3, 3]", ["filter-shape", "pad", "stride"]),
    ("max-pooling", "[2, 3, 8, 8]", nil, ["pool-size", "stride"]),
    ("conv-relu-pool", "[2, 3, 8, 8]", "[2, 3, 3, 3]", ["filter-shape", "pad", "pool-size", "pool-stride", "stride"]),
    ("affine", "[2, 8]", nil, ["units"]), ("relu", "[2, 8]", nil, []), ("batch-normalization", "[4, 8]", nil, []),
    ("spatial-batch-normalization", "[2, 3, 4, 4]", nil, []), ("softmax-loss", "[4, 8]", nil, []),
  ])
  func aLayerListsItsOwnSettings(_ layer: String, _ input: String, _ filters: String?, _ settings: [String]) throws {
    var values = ["layer": layer, "input-shape": input]
    values["filter-shape"] = filters
    let parameters = try effective("gradient-check", values)
    let optional = ["filter-shape", "stride", "pad", "pool-size", "pool-stride", "units"]
    #expect(parameters.keys.filter(optional.contains).sorted() == settings)
    #expect(
      parameters["implementation"] == .string(layer == "convolution" || layer == "max-pooling" ? "naive" : "fast"))
  }

  /// What the cell says itself is never hidden.
  @Test func whatACellGivesIsListed() throws {
    let parameters = try effective(
      "gradient-check", ["layer": "batch-normalization", "input-shape": "[4, 8]", "stride": "2"])
    #expect(parameters["stride"] == .integer(2))
    let pooled = try effective(
      "race", ["layer": "max-pooling", "input-shape": "[2, 3, 8, 8]", "pool-stride": "3", "label": "mine"])
    #expect(pooled["pool-stride"] == .integer(3) && pooled["stride"] == nil && pooled["label"] == .string("mine"))
  }

  @Test func everyMetricHasHelp() throws {
    let values: [StepName: [String: String]] = [
      "gradient-check": ["layer": "convolution", "input-shape": "[2, 3, 8, 8]", "filter-shape": "[2, 3, 3, 3]"],
      "race": ["layer": "max-pooling", "input-shape": "[2, 3, 8, 8]"],
      "convolution-forward-example": ["expected": "[[[[0]]]]"], "max-pool-forward-example": ["expected": "[[[[0]]]]"],
      "evaluate": ["network": "t"], "show-filters": ["network": "t"], "race-chart": ["first": "a", "second": "b"],
    ]
    for step in assignmentSteps.all {
      let configured = try step.configure(values[step.name] ?? [:])
      for metric in configured.metrics {
        #expect(metric.help.hasSuffix(".") && metric.help.first?.isUppercase == true, "\(step.name), \(metric.key)")
      }
    }
  }
}

/// What is said of a name that no layer has.
@Suite struct LayerNameTests {
  @Test(arguments: [
    ("batchnorm", "unknown layer \"batchnorm\"; did you mean \"batch-normalization\"?"),
    ("batch-normalisation", "unknown layer \"batch-normalisation\"; did you mean \"batch-normalization\"?"),
    ("", "a value is missing: the name of a layer"),
  ])
  func isAnsweredWithTheNameThatIsMeant(text: String, message: String) {
    #expect(throws: ValueError(message)) {
      do { _ = try LayerName.read(text: text) } catch {
        throw ValueError((error as? ValueError)?.message ?? "\(error)")
      }
    }
  }
}
