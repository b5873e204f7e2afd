import NbrunDiagnostics
import NbrunJSONValues
import NbrunNumberTexts
import NbrunRunning
import NbrunSteps

extension Options {
  var benchmarks: Option<String?> { .text("--only", "PREFIX", "Only the items whose names start so.") }
  var method: Option<String?> {
    .text("--method", "NAME", "Only what can be computed in several ways, by this one (--table names them).")
  }
  var table: Option<Bool> {
    .flag("--table", "As a Markdown table of all ways to compute each item: milliseconds and error.")
  }
  var seconds: Option<Double?> {
    .value(
      "--seconds", "N", "Time each item for about so long (default: 1).", takes: "a number above 0 and at most 600"
    ) { Double($0).flatMap { $0 > 0 && $0 <= 600 ? $0 : nil } }
  }
}

extension Command {
  static let bench = Command(
    name: "bench", summary: "Times kernels and training steps.",
    options: { [$0.json, $0.benchmarks, $0.method, $0.table, $0.threads, $0.seconds] }, isAnswer: true,
    examples: [
      ("bench --only gemm", "The matrix products."),
      ("bench --only conv --method direct", "The convolutions straight from the images, whatever is fastest."),
      ("bench --table", "Every way to compute a convolution: its time, its error."),
    ]
  ) { try $0.bench() ? .interrupted : .success }
}

extension Invocation {
  private var interruption: Interruption { .ofSignals }

  /// `nbrun bench`: times the benchmarks that the arguments choose, each over many runs, and quotes medians.
  /// - Returns: whether it was interrupted.
  func bench() throws(Diagnostic) -> Bool {
    let seconds = arguments.seconds ?? 1
    let all = program.benchmarks()
    let chosen = try choose(from: all, prefix: arguments.benchmarks ?? "")
    if arguments.table { return printTable(of: chosen, seconds: seconds) }
    let peak = all.first { $0.name == Benchmark.peakName }.map { time($0, seconds: min(seconds, 0.5)) }
    if !arguments.json { printHead(peak) }
    var timings: [Benchmark.Timing] = []
    // Whoever reads may have seen enough.
    for benchmark in chosen where console.outputLoss == nil {
      let timing = time(benchmark, seconds: seconds)
      if interruption.count > 0 { return true }
      timings.append(timing)
      if !arguments.json { printRow(timing, peak: peak) }
    }
    if arguments.json { console.writeData(JSONWriter.string(json(timings), layout: .readable)) }
    return false
  }

  /// The items that the arguments choose: those whose names start with `prefix`, by the method that is asked for.
  private func choose(from all: [Benchmark], prefix: String) throws(Diagnostic) -> [Benchmark] {
    var chosen = all.filter { $0.name.hasPrefix(prefix) }
    if chosen.isEmpty {
      throw .error(
        "no benchmark's name starts with \"\(prefix)\"\(NearNames.advice(for: prefix, among: all.map(\.name)))")
    }
    guard let method = arguments.method else { return chosen }
    guard all.methodNames.contains(method) else {
      throw .error("no item has a method \"\(method)\"; there are \(all.methodNames.joined(separator: ", "))")
    }
    chosen = chosen.compactMap { $0.by(method) }
    if chosen.isEmpty { throw .error("no item whose name starts with \"\(prefix)\" has the method \(method)") }
    return chosen
  }

  private func time(_ benchmark: Benchmark, seconds: Double) -> Benchmark.Timing {
    benchmark.time(seconds: seconds, threads: threads) { interruption.count == 0 }
  }

  // MARK: Printing

  private func printHead(_ peak: Benchmark.Timing?) {
    let threads = counted(threads, "thread")
    let measured = peak.map { ", measured peak \(Self.short($0.gigaflops)) GFLOP/s a core" } ?? ""
    console.write("\(program.numerics), \(threads)\(measured)\n\n")
    console.write(Self.row("benchmark", ["median ms", "min ms", "GFLOP/s", "of peak", "GB/s"]))
  }

  /// A row for each item that has several methods, a column for each of these.
  private func printTable(of benchmarks: [Benchmark], seconds: Double) -> Bool {
    let methods = benchmarks.methodNames
    func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
    console.write(row(["item", "as chosen"] + methods) + row(Array(repeating: "---", count: methods.count + 2)))
    for benchmark in benchmarks where !benchmark.methods.isEmpty && console.outputLoss == nil {
      var cells = ["`\(benchmark.name)`", Self.short(time(benchmark, seconds: seconds).medianSeconds * 1e3)]
      for method in methods {
        guard let way = benchmark.by(method), interruption.count == 0 else {
          cells.append("")
          continue
        }
        let milliseconds = Self.short(time(way, seconds: seconds).medianSeconds * 1e3)
        cells.append("\(milliseconds) (\(pythonScientific(way.methods[0].error(), decimals: 0)))")
      }
      if interruption.count > 0 { return true }
      console.write(row(cells))
    }
    return false
  }

  private func printRow(_ timing: Benchmark.Timing, peak: Benchmark.Timing?) {
    let share = peak.map { timing.gigaflops / ($0.gigaflops * Double(threads)) * 100 }
    console.write(
      Self.row(
        timing.benchmark.name,
        [
          Self.short(timing.medianSeconds * 1e3), Self.short(timing.minimumSeconds * 1e3),
          timing.benchmark.operations > 0 ? Self.short(timing.gigaflops) : "",
          timing.benchmark.operations > 0 ? share.map { pythonFixed($0, decimals: 0) + " %" } ?? "" : "",
          timing.benchmark.bytes > 0 ? Self.short(timing.gigabytes) : "",
        ]))
  }

  private static func row(_ name: String, _ columns: [String]) -> String {
    name.padding(to: 38) + columns.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined() + "\n"
  }

  private static func short(_ value: Double) -> String {
    pythonFixed(value, decimals: value < 10 ? 3 : value < 100 ? 2 : 1)
  }

  private func json(_ timings: [Benchmark.Timing]) -> JSONValue {
    .object([
      "threads": .integer(threads),
      "items": .array(
        timings.map { timing in
          .object([
            "name": .string(timing.benchmark.name), "median_ms": .real(timing.medianSeconds * 1e3),
            "min_ms": .real(timing.minimumSeconds * 1e3), "gflops": .real(timing.gigaflops),
          ])
        }),
    ])
  }
}
