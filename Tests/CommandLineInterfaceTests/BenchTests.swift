import NbrunSteps
import Synchronization
import Testing

@testable import NbrunCommandLineInterface

@Suite struct BenchTests {
  /// An item with two methods, one with one of them, one with none; what is prepared is counted.
  private func run(_ arguments: [String] = []) -> (
    status: NbrunCommandLineInterface.ExitStatus, output: String, error: String, works: [String: Int], threads: Set<Int>
  ) {
    let works = Works()
    func method(_ name: String, error: Double) -> Benchmark.Method {
      Benchmark.Method(name: name, prepare: { works.prepare(name, threads: $0) }, error: { error })
    }
    func item(_ name: String, _ methods: [Benchmark.Method]) -> Benchmark {
      var item = Benchmark(name: name) { works.prepare(methods.isEmpty ? "sum" : "chosen", threads: $0) }
      item.methods = methods
      return item
    }
    let (plain, quick) = (method("plain", error: 1.25e-7), method("quick", error: 3e-5))
    let items = [item("filter/large", [plain, quick]), item("filter/odd", [plain]), item("sum/large", [])]
    let program = NotebookProgram(
      name: "nbrun", steps: StepList {},
      benchmarks: { items }, numerics: "test")
    let transcript = Transcript()
    let status = program.run(
      ["bench", "--seconds", "0.001"] + arguments, console: transcript.console(), environment: [:])
    return (status, transcript.output, transcript.error, works.counts, works.threadCounts)
  }

  private final class Works: Sendable {
    private let prepared = Mutex<(counts: [String: Int], threads: Set<Int>)>(([:], []))
    var counts: [String: Int] { prepared.withLock { $0.counts } }
    var threadCounts: Set<Int> { prepared.withLock { $0.threads } }

    func prepare(_ name: String, threads: Int) -> () -> Void {
      prepared.withLock {
        $0.counts[name, default: 0] += 1
        $0.threads.insert(threads)
      }
      return {}
    }
  }

  @Test func aMethodIsForced() {
    let quick = run(["--method", "quick"])
    #expect(quick.status == .success && quick.works == ["quick": 1])
    #expect(quick.output.contains("filter/large") && !quick.output.contains("filter/odd"))
    #expect(run(["--method", "plain", "--only", "filter/o"]).works == ["plain": 1])
    #expect(run().works == ["chosen": 2, "sum": 1])
  }

  @Test func theThreadsAreThoseThatAreAskedFor() {
    #expect(run(["--threads", "1"]).threads == [1] && run(["--threads", "1", "--method", "quick"]).threads == [1])
  }

  @Test(arguments: [
    (["--method", "quikc"], "no item has a method \"quikc\"; there are plain, quick"),
    (["--method", "quick", "--only", "sum"], "no item whose name starts with \"sum\" has the method quick"),
    (["--method", "plain", "--only", "som"], "no benchmark's name starts with \"som\""),
  ])
  func aMethodThatThereIsNot(arguments: [String], message: String) {
    let result = run(arguments)
    #expect(result.status == .invalid && result.works.isEmpty)
    #expect(result.error.hasPrefix("error: \(message)") && result.error.split(separator: "\n").count == 1)
  }

  @Test func aTableHasEachMethodsTimeAndError() {
    let table = run(["--table"])
    let lines = table.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4 && table.works == ["chosen": 2, "plain": 2, "quick": 1])
    #expect(lines[0] == "| item | as chosen | plain | quick |" && lines[1] == "| --- | --- | --- | --- |")
    #expect(lines[2].wholeMatch(of: #/\| `filter/large` \| [\d.]+ \| [\d.]+ \(1e-07\) \| [\d.]+ \(3e-05\) \|/#) != nil)
    #expect(lines[3].wholeMatch(of: #/\| `filter/odd` \| [\d.]+ \| [\d.]+ \(1e-07\) \|  \|/#) != nil)
  }
}
