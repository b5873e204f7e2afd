import Foundation
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// Steps about networks that need no data.
struct NetworkStepTests {
  static let small = [
    "image-shape": "[3, 8, 8]", "filters": "3", "filter-size": "3", "hidden-units": "7", "weight-scale": "0.1",
  ]

  @Test(arguments: Array(0..<5) as [UInt32])
  func gradients(seed: UInt32) throws {
    let run = try StepRun("network-gradient-check", Self.small, seed: seed)
    run.expectDeclared()
    for key in ["w1-error", "w2-error"] as [MetricKey] { #expect(run[key] < 0.01) }
    for key in ["w3-error", "b1-error", "b2-error", "b3-error"] as [MetricKey] { #expect(run[key] < 1e-5) }
  }

  @Test func gradientsOfALine() throws {
    let run = try StepRun(
      "network-gradient-check",
      [
        "network": "conv(2) - batchnorm - relu - pool - affine(5) - relu - svm", "image-shape": "[1, 6, 6]",
        "images": "4",
      ])
    run.expectDeclared()
    #expect(run.step.metrics.map(\.key).contains("gamma1-error"))
  }

  @Test(arguments: ["0", "0.001", "1"])
  func lossBeforeTraining(reg: String) throws {
    let run = try StepRun("initial-loss", ["reg": reg, "images": "10", "filters": "4"])
    run.expectDeclared()
    #expect(abs(run["loss"] - log(10)) < 1e-3)
    #expect(run["expected-loss"] == log(10))
    #expect(reg == "0" ? run["penalised-loss"] == run["loss"] : run["penalised-loss"] > run["loss"])
  }

  @Test func tableOfTheAssignmentsNetwork() throws {
    let run = try StepRun("network-summary", [:])
    run.expectDeclared()
    let weights = 32 * 3 * 7 * 7 + 32 * 16 * 16 * 100 + 100 * 10
    #expect(run["parameters"] == Double(weights + 32 + 100 + 10))
  }

  @Test(
    arguments: [
      (["filter-size": "4"], "filter-size", nil),
      (["filters": "0"], "filters", nil),
      (["hidden-units": "99999999999"], "hidden-units", nil),
      (["network": "conv(8) - rleu - pool - softmax"], "network", 10..<14),
      (["network": "conv(8) - relu - pool(64) - softmax"], "network", 17..<25),
      (["network": "conv(8) - relu - softmax", "filters": "8"], "filters", nil),
      (["network": "conv(8) - relu - softmax", "batch-normalization": "true"], "batch-normalization", nil),
      (["network": "affine(1000000) - softmax"], "network", 0..<15),
      (["network": "conv(8, 40001) - relu - softmax"], "network", 0..<14),
      (["filters": "1", "filter-size": "40001"], "filter-size", nil),
    ] as [([String: String], String, Range<Int>?)])
  func mistakes(values: [String: String], key: String, range: Range<Int>?) throws {
    let error = try mistake("network-summary", values)
    #expect(error?.key == key)
    #expect(error?.range == range)
  }

  @Test(
    arguments: [
      ("filters", "3000"), ("network", "[conv(16) - relu]x60 - softmax"), ("network", "conv(3000) - softmax"),
    ])
  func aMinibatchThatFillsTheMemoryIsRefused(key: String, value: String) throws {
    #expect(try mistake("train", [key: value, "batch-size": "49000"])?.key == "batch-size")
    #expect(try mistake("train", [key: value, "batch-size": "100"]) == nil)
  }

  @Test(
    arguments: ["training-count": "0", "weight-scale": "-1", "reg": "-0.5"].map { [$0: $1] } + [
      ["training-count": "50000"]
    ])
  func trainingMistakes(values: [String: String]) throws {
    let error = #expect(throws: ValueError.self) { try StepRun("train", values) }
    #expect(error?.message.hasPrefix("the value must be from ") == true)
  }

  @Test func longTrainingsAreAnnounced() throws {
    func seconds(_ values: [String: String]) throws -> Double {
      let step = try #require(assignmentSteps["train"])
      return try #require(step.configure(values).expectedSeconds)
    }
    let short = try seconds(["training-count": "100", "epochs": "10"])
    let long = try seconds(["filters": "64", "filter-size": "3", "hidden-units": "500"])
    #expect(short < 10 && long > 60)
  }

  /// The distances in testing are those of NumPy 2.4 from the same seed: the largest |mean| and |std − 1| of a channel after 50
  /// minibatches with momentum 0.9.
  @Test(
    arguments: [
      ([:], 0.2426508683589815, 0.12416589855605231),
      (["input-shape": "[20, 3]"], 0.4918325171629531, 0.16402842501700832),
      (
        ["input-shape": "[4, 2, 6, 5]", "gamma": "[1, 2]", "beta": "[0, 1]"], 0.17298118148566552, 0.10428255536866637
      ),
    ] as [([String: String], Double, Double)])
  func statistics(values: [String: String], mean: Double, deviation: Double) throws {
    let run = try StepRun("batch-normalization-statistics", values)
    run.expectDeclared()
    #expect(run["mean-error"] < 1e-12 && run["std-error"] < 1e-4)
    #expect(run["scaled-mean-error"] < 1e-12 && run["scaled-std-error"] < 1e-3)
    #expect(abs(run["test-mean-error"] - mean) < 1e-12 && abs(run["test-std-error"] - deviation) < 1e-12)
  }

  @Test(
    arguments: [
      (["input-shape": "[2, 3, 4]"], "input-shape"), (["gamma": "[1]"], "gamma"), (["beta": "[1, 2]"], "beta"),
    ] as [([String: String], String)])
  func statisticsMistakes(values: [String: String], key: String) throws {
    #expect(try mistake("batch-normalization-statistics", values)?.key == key)
  }
}
