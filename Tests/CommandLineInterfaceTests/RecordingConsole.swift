import Synchronization

@testable import CommandLineInterface

/// What a command wrote.
final class Transcript: Sendable {
  private let texts = Mutex<(output: String, error: String)>(("", ""))

  var output: String { texts.withLock(\.output) }
  var error: String { texts.withLock(\.error) }

  /// A console that writes here.
  func console(isInteractive: Bool = false, width: Int = 80, annotates: Bool = false) -> Console {
    Console(
      isInteractive: isInteractive, usesColor: false, width: width, annotates: annotates,
      write: { text in self.texts.withLock { $0.output += text } },
      writeError: { text in self.texts.withLock { $0.error += text } })
  }
}
