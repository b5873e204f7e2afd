import Synchronization

@testable import NbrunCommandLineInterface

/// What a command wrote.
final class Transcript: Sendable {
  private let texts = Mutex<(output: String, error: String)>(("", ""))

  var output: String { texts.withLock(\.output) }
  var error: String { texts.withLock(\.error) }

  /// A console that writes here.
  func console(isInteractive: Bool = false, width: Int = 80, annotates: Bool = false) -> Console {
    Console(
      isInteractive: isInteractive, usesColor: false, width: width, annotates: annotates,
      output: RecordingStream { text in self.texts.withLock { $0.output += text } },
      error: RecordingStream { text in self.texts.withLock { $0.error += text } })
  }
}

/// Passes on what is written.
private struct RecordingStream: ConsoleStream {
  let isTerminal = false
  let loss: StreamLoss? = nil
  private let take: @Sendable (String) -> Void

  init(_ take: @escaping @Sendable (String) -> Void) {
    self.take = take
  }

  func send(_ text: String) {
    take(text)
  }
}
