import NbrunSteps

/// Items of `nbrun bench` as a cell.
struct Bench: Step {
  static let name: StepName = "bench"
  static let summary = "Times kernels, layers and training steps, as the command of that name does."

  @Parameter("How the names of what is to be timed begin, as --only takes it.") var items = ["gemm"]
  @Parameter("Each is timed for about so many seconds.", in: 0.001...600) var seconds = 0.2

  var metrics: [Metric] {
    chosen.map { .volatile(Self.key(of: $0), "Milliseconds that \($0.name) took, the median of all runs.") }
  }

  func validate() throws {
    for prefix in items where !assignmentBenchmarks.contains(where: { $0.name.hasPrefix(prefix) }) {
      throw ParameterError("items", "no benchmark's name starts with \"\(prefix)\"; nbrun bench lists them")
    }
  }

  func run(in cell: Cell) {
    for benchmark in chosen {
      let milliseconds = benchmark.time(seconds: seconds, threads: cell.threads).medianSeconds * 1000
      cell.report(Self.key(of: benchmark), milliseconds, as: "\(benchmark.name): ", format: .fixed(3), suffix: " ms")
    }
  }

  private var chosen: [Benchmark] {
    assignmentBenchmarks.filter { benchmark in items.contains { benchmark.name.hasPrefix($0) } }
  }

  /// `gemm/1024` is measured as `gemm-1024`.
  private static func key(of benchmark: Benchmark) -> MetricKey {
    MetricKey(unchecked: benchmark.name.replacing("/", with: "-"))
  }
}
