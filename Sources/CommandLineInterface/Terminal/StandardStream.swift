import NbrunPlatform
import NbrunRunning
import Synchronization

/// Standard output or error. Whoever reads it may go away, have no room, or read slowly or not at all: what was begun goes on, and
/// what can no longer be written is dropped.
final class StandardStream: ConsoleStream {
  private let descriptor: Int32
  private let lost = Mutex<StreamLoss?>(nil)

  /// The most bytes at a time: a pipe that takes any takes as many without waiting (`PIPE_BUF`).
  private static let pieceSize = 4096
  /// How long a reader that does not read may take once the run was asked to stop, in seconds.
  private static let stopPatience = 1.0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Gives descriptors 0 to 2 that are not open to `/dev/null`. To be called first of all: else a file that is opened later stands in
  /// the place of standard output, and messages go into it.
  static func fillMissing() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = open("/dev/null", O_RDWR)
    }
  }

  var loss: StreamLoss? { lost.withLock { $0 } }
  var isTerminal: Bool { isatty(descriptor) == 1 }
  func send(_ text: String) { lost.withLock { lost in if lost == nil { lost = write(Array(text.utf8)) } } }

  /// Writes all of `bytes`.
  /// - Returns: what kept it from doing so.
  private func write(_ bytes: [UInt8]) -> StreamLoss? {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard waitForRoom() else { return .reader }
      let piece = rest.prefix(Self.pieceSize)
      let count = piece.withUnsafeBytes { NbrunPlatform.write(descriptor, $0.baseAddress, $0.count) }
      let code = errno
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || ![EINTR, EAGAIN, EWOULDBLOCK].contains(code) {
        return count < 0 && code == EPIPE ? .reader : .system(count < 0 ? code : ENOSPC)
      }
    }
    return nil
  }

  /// Waits until something can be written, or writing says why not. A run that was asked to stop must not wait for its reader.
  /// - Returns: whether to go on.
  private func waitForRoom() -> Bool {
    var deadline: Double?
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&entry, 1, 100) > 0 { return true }
      guard Interruption.isRequestedBySignal else { continue }
      let now = monotonicSeconds()
      if now > deadline ?? .infinity { return false }
      if deadline == nil { deadline = now + Self.stopPatience }
    }
  }
}
