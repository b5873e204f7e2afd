import NbrunPlatform
import NbrunSteps

/// The worker's side of a program: the same executable, started again by its supervisor with a hidden argument.
package enum WorkerMain {
  /// The hidden argument that asks a program to be a worker.
  package static let argument = "--nbrun-worker"
  /// The descriptor at which a worker finds its connection.
  static let connectionDescriptor: Int32 = 3

  /// Becomes a worker and never returns if `arguments` ask for it. To be called before anything else in a program that runs
  /// notebooks, with the steps that it knows and the numeric variant that they compute with. A supervisor that says what variant
  /// it reports, behind the hidden argument, gets a worker of that variant or none.
  package static func runIfRequested(
    arguments: [String] = CommandLine.arguments, steps: @autoclosure () -> StepList, numerics: String? = nil
  ) {
    guard arguments.dropFirst().first == argument else { return }
    guard fcntl(connectionDescriptor, F_GETFD) >= 0 else { refuse("\(argument) is for a supervisor to use") }
    if let expected = arguments.dropFirst(2).first, let numerics, expected != numerics {
      refuse("the worker computes with \(numerics), its supervisor reports \(expected): start both the same way")
    }
    prepareProcess()
    let steps = steps()
    let connection = WorkerConnection(descriptor: connectionDescriptor)
    while true {
      let cell = connection.nextCell()
      let message = autoreleasing { WorkerSession(cell: cell, connection: connection).run(steps) }
      connection.send(message, waiting: false)
    }
  }

  private static func refuse(_ message: String) -> Never {
    let line = Array("\(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(2)
  }

  /// Makes this process a good worker: in a group of its own, its output line by line.
  private static func prepareProcess() {
    setpgid(0, 0)
    workerStopSignal.listen()
    _ = fcntl(connectionDescriptor, F_SETFD, FD_CLOEXEC)
    bufferStandardStreamsByLine()
    #if os(Linux)
      // Where memory runs out, the worker goes first: its supervisor is the one that can tell of it.
      try? "800".write(toFile: "/proc/self/oom_score_adj", atomically: false, encoding: .utf8)
    #endif
  }

  private static func autoreleasing<Result>(_ body: () -> Result) -> Result {
    #if canImport(Darwin)
      autoreleasepool(invoking: body)
    #else
      body()
    #endif
  }
}
