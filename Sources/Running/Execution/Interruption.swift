import NbrunPlatform
import Synchronization

/// Requests to stop a run: by SIGINT, SIGTERM or SIGHUP, or by a program. The first lets the running cell write its checkpoint, the
/// second ends it at once.
package final class Interruption: Sendable {
  /// What has been asked for so far.
  private struct Requests {
    var count = 0
    var firstSignal: Int32?
    var lastMilliseconds: UInt64 = 0
  }

  private let readEnd: Int32
  private let writeEnd: Int32
  private let requests = Mutex(Requests())

  /// Signals that come so soon after another are one request: who ends a whole group of processes often sends them one by one too.
  private static let oneRequest: UInt64 = 200

  /// An interruption that only `request()` makes.
  package init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe can be had for interruptions: \(String(cString: strerror(errno)))")
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// The interruption that SIGINT, SIGTERM and SIGHUP make, from the first call on; a process has one. SIGHUP stays ignored where it
  /// was when the program started, as under `nohup`.
  package static let ofSignals: Interruption = {
    let interruption = Interruption()
    interruptionSignalDescriptor.store(interruption.writeEnd, ordering: .sequentiallyConsistent)
    StopSignals.handle(by: noteInterruptionSignal)
    return interruption
  }()

  /// Whether a signal has asked the process to stop, where it listens to them.
  package static var isRequestedBySignal: Bool {
    interruptionSignalDescriptor.load(ordering: .relaxed) >= 0 && ofSignals.count > 0
  }

  /// Asks the run to stop.
  package func request() {
    var record: UInt64 = 0
    _ = write(writeEnd, &record, MemoryLayout<UInt64>.size)
  }

  /// How many requests there have been.
  package var count: Int { requestsSoFar.count }
  /// The first signal that asked; nil where none did.
  package var firstSignal: Int32? { requestsSoFar.firstSignal }

  private var requestsSoFar: Requests {
    requests.withLock { requests in
      takeIn(&requests)
      return requests
    }
  }

  private func takeIn(_ requests: inout Requests) {
    var records = [UInt64](repeating: 0, count: 64)
    while true {
      let count = records.withUnsafeMutableBytes { read(readEnd, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      for record in records.prefix(count / MemoryLayout<UInt64>.size) {
        let (signal, time) = (Int32(record & 0xFF), record >> 8)
        if requests.firstSignal == nil, signal != 0 { requests.firstSignal = signal }
        if signal == 0 || requests.count == 0 || time > requests.lastMilliseconds + Self.oneRequest {
          requests.count += 1
        }
        requests.lastMilliseconds = time
      }
    }
  }

  /// Readable when a request has come since `count` was last asked for.
  var descriptor: Int32 { readEnd }
}

/// Where the signal handler writes. Set before the handler is, and constant then: a handler may do next to nothing.
private let interruptionSignalDescriptor = Atomic<Int32>(-1)

/// Writes one word: when, in milliseconds, and which signal.
private func noteInterruptionSignal(_ number: Int32) {
  let code = errno
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  let milliseconds = UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  var record = milliseconds << 8 | UInt64(UInt8(truncatingIfNeeded: number))
  _ = write(interruptionSignalDescriptor.load(ordering: .relaxed), &record, MemoryLayout<UInt64>.size)
  errno = code
}

/// The signals that ask a program to stop.
enum StopSignals {
  static let all = [SIGINT, SIGTERM, SIGHUP]

  /// Has `handler` called for each of them; SIGHUP stays ignored where it is.
  static func handle(by handler: @escaping @convention(c) (Int32) -> Void) {
    for number in all where number != SIGHUP || !isIgnored(number) {
      var action = sigaction()
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = handler
      #else
        action.__sigaction_handler.sa_handler = handler
      #endif
      action.sa_flags = Int32(SA_RESTART)
      sigaction(number, &action, nil)
    }
    // Whoever started the program may have kept them from it.
    var set = all.signalSet
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

extension [Int32] {
  /// The signals of these numbers.
  var signalSet: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in self { sigaddset(&set, signal) }
    return set
  }
}
