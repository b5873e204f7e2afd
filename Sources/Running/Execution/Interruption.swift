import Foundation
import Synchronization

/// Requests to stop a run: by SIGINT or SIGTERM, or by a program. The first lets the running cell write its checkpoint, the
/// second ends it at once.
public final class Interruption: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32
  private let taken = Atomic<Int>(0)

  /// An interruption that only `request()` makes.
  public init() {
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

  /// The interruption that SIGINT and SIGTERM make, from the first call on; a process has one.
  public static let ofSignals: Interruption = {
    let interruption = Interruption()
    interruptionSignalDescriptor = interruption.writeEnd
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = noteInterruptionSignal
      #else
        action.__sigaction_handler.sa_handler = noteInterruptionSignal
      #endif
      action.sa_flags = Int32(SA_RESTART)
      sigaction(number, &action, nil)
    }
    return interruption
  }()

  /// Asks the run to stop.
  public func request() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// How many requests there have been.
  public var count: Int {
    var bytes = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(readEnd, &bytes, bytes.count)
      guard count > 0 else { break }
      taken.add(count, ordering: .relaxed)
    }
    return taken.load(ordering: .relaxed)
  }

  /// Readable when a request has come since `count` was last asked for.
  var descriptor: Int32 { readEnd }
}

/// Where the signal handler writes. Set before the handler is, and constant then: a handler may do next to nothing.
nonisolated(unsafe) private var interruptionSignalDescriptor: Int32 = -1

private func noteInterruptionSignal(_ number: Int32) {
  let code = errno
  var byte: UInt8 = 0
  _ = write(interruptionSignalDescriptor, &byte, 1)
  errno = code
}
