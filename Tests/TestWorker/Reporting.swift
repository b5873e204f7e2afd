import Foundation
import NbrunPlotting
import NbrunSteps

/// Prints and reports by turns, partial lines and standard error included.
struct Interleaving: Step {
  static let name: StepName = "interleaving"
  static let summary = "Prints and reports by turns."

  @Parameter("How often.", in: 1...) var turns = 10

  var series: [MetricSeries] { [MetricSeries("turns", .exact)] }

  func run(in cell: Cell) throws {
    for turn in 0..<turns {
      print("line \(turn)")
      print("half ", terminator: "")
      cell.series("turns", [turn], line: "turn \(turn)")
      fputs("error \(turn)\n", standardError)
      cell.progress(turn + 1, of: turns, "turning")
    }
  }
}

/// Reports a metric and a figure, or more or less than that.
struct Measuring: Step {
  static let name: StepName = "measuring"
  static let summary = "Reports given numbers."

  @Parameter("The value of the metric.") var value = 1.5
  @Parameter("Whether the value is NaN.") var notNumber = false
  @Parameter("What to do wrong.") var mistake = ""

  var metrics: [Metric] { [.tolerance("value", relative: 1e-6), .exact("count")] }
  var series: [MetricSeries] { [MetricSeries("curve", .exact)] }
  var figures: [FigureName] { ["curve"] }

  func run(in cell: Cell) throws {
    cell.report("value", notNumber ? .nan : value, as: "value: ")
    if mistake != "leaves out metric" { cell.report("count", 3) }
    if mistake == "undeclared metric" { cell.report("surprise", 1, as: "surprise: ") }
    if mistake == "metric twice" { cell.report("value", 2.5, as: "value: ") }
    if mistake != "leaves out series" { cell.series("curve", [1.0, 2.0]) }
    if mistake == "undeclared series" { cell.series("surprise", [1.0]) }
    let figure = Figure(title: "Curve", series: [Series("curve", y: [1, 2])], xAxis: .linear("x"), yAxis: .linear("y"))
    if mistake != "leaves out figure" { cell.plot(figure, named: "curve") }
    if mistake == "undeclared figure" { cell.plot(figure, named: "surprise") }
    if mistake == "figure twice" {
      var grown = figure
      grown.title += ", grown"
      cell.plot(grown, named: "curve")
    }
  }
}

/// Prints much.
struct Printing: Step {
  static let name: StepName = "printing"
  static let summary = "Prints lines."

  @Parameter("How many lines.") var lines = 1
  @Parameter("What each line says.") var text = "hello"
  @Parameter("Bytes to print after them, as they are.") var bytes: [Int] = []
  @Parameter("Whether it then kills itself.") var killsItself = false

  func run(in cell: Cell) throws {
    for line in 0..<lines { print(text, line) }
    fflush(nil)
    let raw = bytes.map { UInt8(truncatingIfNeeded: $0) }
    write(STDOUT_FILENO, raw, raw.count)
    if killsItself { kill(getpid(), SIGKILL) }
  }
}

/// Says which process it runs in, and whether the user's terminal is attached to it.
struct Attached: Step {
  static let name: StepName = "attached"
  static let summary = "Says what it is attached to."

  @Parameter("Whether to read a line first.") var reads = false
  @Parameter("Whether it then traps.") var traps = false

  func run(in cell: Cell) throws {
    print("process \(getpid()) of \(getppid())")
    print("terminals \((0...2).map { isatty($0) })")
    if reads { print("read \(readLine() ?? "nothing")") }
    if traps { fatalError("trapped") }
  }
}
