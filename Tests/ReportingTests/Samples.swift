import NbrunDiagnostics
import NbrunDigests
import NbrunJSONValues
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunRunning

/// Small records of runs that never were.
enum Samples {
  static let anywhere = SourceRange(line: 1, column: 1, length: 1)

  static func claim(_ metric: MetricKey, _ comparison: ClaimOperator, _ bound: Double) -> Claim {
    Claim(
      metric: metric, comparison: comparison, bounds: [.number(bound)], tolerance: 0,
      text: "\(metric) \(comparison.sign) \(bound)", range: anywhere)
  }

  static func digest(_ text: String) -> Digest { SHA256.digest(of: text) }

  static let environment = RunEnvironment(
    machine: "Example CPU, 2 cores", toolchain: "Swift 6.3.1", version: "1.0.0", threads: 2)

  /// A convolution's forward pass: printed text, a metric within tolerance, a claim and a published number.
  static let forward = CellRecord(
    id: "conv-forward", number: 1, step: "conv-forward-example",
    parameters: ["stride": .integer(2), "pad": .integer(1)], changedKeys: ["stride"], seed: 231, usesStandIn: false,
    outcome: .succeeded(
      CellResults(
        output: [
          .text("Testing "), .text("conv_forward_naive\nsecond <line> & more\n"),
          .metric("difference", MetricLine(before: "difference: ", after: "\n", format: .shortest)),
        ],
        metrics: ["difference": .double(2.2121476417505994e-08)], seconds: 0.0042)),
    claims: [
      ClaimRecord(
        claim: claim("difference", .less, 1e-7), measured: .double(2.2121476417505994e-08), bounds: [1e-7],
        status: .held)
    ],
    references: [Reference(metric: "difference", value: 2.2121476417505994e-08, text: "2.2121476417505994e-08")],
    metricKinds: ["difference": .tolerance(relative: 1e-6)], seriesKinds: [:])

  /// A gradient check and a race: noise and times, and a figure of times.
  static let race = CellRecord(
    id: "race", number: 2, step: "race",
    parameters: ["layer": .string("convolution"), "shape": .array([1, 3].map(JSONValue.integer))],
    changedKeys: ["layer"], seed: 231, usesStandIn: false,
    outcome: .succeeded(
      CellResults(
        output: [
          .metric("speedup", MetricLine(before: "speedup: ", after: "x\n", format: .fixed(1))),
          .metric("error", MetricLine(before: "error: ", after: "\n", format: .shortest)),
          .seriesLine("times", "took 12 ms\n"),
        ],
        metrics: ["speedup": .double(41.25), "error": .double(8.3e-10), "exact": .integer(0)],
        series: ["times": [.double(12), .double(13)]],
        figures: [
          FigureRecord(
            name: "bars",
            figure: Figure(
              title: "Times",
              bars: BarChart(
                axis: .linear("time", unit: "ms"), groups: ["forward"],
                series: [BarSeries("naive", values: [40]), BarSeries("fast", values: [1])])),
            isVolatile: true, caption: "Naive against fast.")
        ],
        seconds: 1.25)),
    claims: [
      ClaimRecord(
        claim: claim("error", .less, 1e-6), measured: .double(8.3e-10), bounds: [1e-6], status: .held),
      ClaimRecord(claim: claim("exact", .equal, 0), measured: .integer(0), bounds: [0], status: .held),
    ],
    references: [Reference(metric: "speedup", value: 139.2, text: "139.2")],
    metricKinds: ["speedup": .volatile, "error": .noise, "exact": .exact], seriesKinds: ["times": .volatile])

  /// A training: a chaotic series with lines that show it, and its curve.
  static let training = CellRecord(
    id: "train", number: 3, step: "train", parameters: ["epochs": .integer(2)], changedKeys: [], seed: 7,
    usesStandIn: false,
    outcome: .succeeded(
      CellResults(
        output: [
          .seriesLine("loss", "(Iteration 1 / 4) loss: 2.302585\n"), .text("(Epoch 0 / 2) train acc: 0.1\n"),
          .seriesLine("loss", "(Iteration 3 / 4) loss: 2.100000\n"),
        ],
        metrics: ["accuracy": .float(0.6694)],
        series: ["loss": [.float(2.302585), .float(2.2), .float(2.1), .float(.nan)]],
        figures: [
          FigureRecord(
            name: "curve",
            figure: Figure(
              title: "Loss", series: [Series("loss", y: [2.302585, 2.2, 2.1, 2.0])], xAxis: .linear("iteration"),
              yAxis: .linear("loss")),
            isVolatile: false, caption: nil)
        ],
        seconds: 211)),
    claims: [
      ClaimRecord(claim: claim("accuracy", .greater, 0.65), measured: .float(0.6694), bounds: [0.65], status: .held)
    ],
    references: [], metricKinds: ["accuracy": .tolerance(relative: 1e-3)],
    seriesKinds: ["loss": .chaotic(prefix: 2, relative: 1e-4)])

  /// The record that a test's table names.
  static func record(named name: String) throws -> RunRecord {
    try #require(["passed": passed, "failed": failed][name])
  }

  static func record(_ cells: [CellRecord], title: String = "Convolutional layers") -> RunRecord {
    RunRecord(
      notebook: "notebooks/conv_layers.md", title: title, digest: digest("notebook"), numerics: "x86-64-avx2",
      cells: cells,
      data: ["cifar-10": DataLocation(folder: "", digests: ["data_batch_1.bin": digest("batch")], isOriginal: false)],
      alterations: [], environment: environment)
  }

  /// A run in which everything is well.
  static let passed = record([forward, race, training])

  /// A run with a cell that failed, one that was not run because of it, a broken claim and stand-in data.
  static let failed: RunRecord = {
    var broken = forward
    broken.claims[0].status = .broken
    var failing = training
    failing.outcome = .failed(
      StepFailure("the loss is infinite at iteration 3", hint: "Try a learning rate below 1."),
      partial: CellResults(output: [.text("(Iteration 1 / 4) loss: 2.302585\nlast line")], seconds: 2))
    failing.claims[0] = ClaimRecord(claim: failing.claims[0].claim, measured: nil, bounds: [0.65], status: .notTested)
    var skipped = race
    skipped.outcome = .notRun(.because("train"))
    skipped.claims = skipped.claims.map {
      ClaimRecord(claim: $0.claim, measured: nil, bounds: $0.bounds, status: .notTested)
    }
    skipped.usesStandIn = true
    var record = Samples.record([broken, failing, skipped])
    record.alterations = ["--set train.epochs=2"]
    return record
  }()
}
