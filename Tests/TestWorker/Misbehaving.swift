import Foundation
import NbrunSteps

/// Prints a line, then does what a step should not do.
struct Misbehaving: Step {
  static let name: StepName = "misbehaving"
  static let summary = "Fails in a given way."

  enum Way: String, ChoiceParameter {
    case `throws`, hints, traps, kills, aborts, exits, hangs, allocates, undeclaredData = "undeclared-data"
    case says, babbles, stammers
    case closesOutput = "closes-output"
  }

  @Parameter("How it fails.") var way = Way.throws
  @Parameter("What one that says something says, by the numbers of its characters.") var characters: [Int] = []

  var metrics: [Metric] { [.exact("before")] + (way == .closesOutput ? [.exact("last")] : []) }
  var series: [MetricSeries] { way == .says ? [MetricSeries("said", .exact)] : [] }

  func run(in cell: Cell) throws {
    cell.report("before", 1, as: "before: ")
    print("last words")
    switch way {
    case .throws: throw CocoaLikeError()
    case .hints: throw StepFailure("the loss is not a number at iteration 3", hint: "try a smaller learning rate")
    case .traps:
      let numbers = [1, 2, 3].filter { $0 > cell.threads + 100 }
      print(numbers[0])
    case .kills: kill(getpid(), SIGKILL)
    case .aborts: abort()
    case .exits: exit(7)
    case .hangs: while true { sleep(1) }
    case .allocates:
      var limit = rlimit(rlim_cur: 1 << 30, rlim_max: 1 << 30)
      #if canImport(Darwin)
        setrlimit(RLIMIT_AS, &limit)
      #else
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
      #endif
      var arrays: [[UInt8]] = []
      while true {
        arrays.append([UInt8](repeating: 1, count: 64 << 20))
        // macOS does not hold a process to such a limit.
        if arrays.count > 32 { abort() }
      }
    case .says:
      let words = String(String.UnicodeScalarView(characters.compactMap { Unicode.Scalar(UInt32($0)) }))
      print(words)
      cell.progress(1, of: 2, words, value: 1)
      cell.series("said", [1.0], line: words)
      throw StepFailure(words, hint: words)
    case .babbles, .stammers:
      // Into the connection to the supervisor, which is not a step's to write to: no message, or the beginning of one.
      let bytes: [UInt8] = way == .babbles ? Array("what?".utf8) : [0xFF, 0x6E, 0x62, 0x72, 0, 1]
      write(3, bytes, bytes.count)
      while true { sleep(1) }
    case .closesOutput:
      fflush(nil)
      close(STDOUT_FILENO)
      close(STDERR_FILENO)
      cell.report("last", 1)
    case .undeclaredData: _ = try cell.data(Flowers())
    }
  }
}

struct CocoaLikeError: Error, CustomStringConvertible {
  var description: String { "the step could not do it" }
}
