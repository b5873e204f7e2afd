import NbrunSteps
import NbrunTensors
import NbrunTestSupport
import Testing

@testable import NbrunAssignmentSteps

@Suite struct BenchmarkTests {
  @Test(
    "each way to compute a convolution is that of its definition, and rounds as a float does",
    arguments: shareOfTrials([
      ("conv-forward/deep-8", ["direct", "winograd", "winograd-by-image"]),
      ("conv-backward/deep-8", ["direct", "winograd", "columns"]),
      ("conv-backward-filters/deep-8", ["direct", "winograd"]),
      ("conv-backward/assignment", ["direct", "columns"]),
      ("conv-relu-pool-backward/a", ["direct", "columns", "argmax"]),
      ("conv-relu-pool-backward-filters/deep-16", ["direct", "winograd", "argmax"]),
      ("conv-relu-pool-forward/a", []), ("max-pool-forward/assignment", []),
    ]))
  func methods(name: String, expected: [String]) throws {
    let benchmark = try #require(layerBenchmarks.first { $0.name == name })
    #expect(benchmark.methods.map(\.name) == expected)
    for method in benchmark.methods {
      let error = method.error()
      // Not zero either: then nothing would have been compared.
      #expect(error > 1e-8 && error < 1e-4, "\(method.name): \(error)")
    }
  }

  @Test("no two items have one name, and methods are those that there are")
  func names() {
    #expect(Set(assignmentBenchmarks.map(\.name)).count == assignmentBenchmarks.count)
    #expect(assignmentBenchmarks.methodNames.sorted() == ConvolutionMethod.allCases.map(\.rawValue).sorted())
  }

  @Test("as a cell, items are timed in milliseconds under names of their own")
  func cell() throws {
    let run = try StepRun("bench", ["items": #"["max-pool", "machine/memory-read"]"#, "seconds": "0.001"])
    run.expectDeclared()
    let keys = ["machine-memory-read", "max-pool-forward-assignment", "max-pool-backward-assignment"]
    #expect(run.services.reportedKeys.map(\.text) == keys)
    #expect(run["machine-memory-read"] > 0.1 && run["machine-memory-read"] < 10_000)
    let error = try mistake("bench", ["items": #"["gemm", "pool"]"#])
    #expect(error?.message.contains("no benchmark's name starts with \"pool\"") == true)
  }
}
