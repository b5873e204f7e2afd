import NbrunDiagnostics
import NbrunSteps
import Synchronization

/// Progress of a download that is all a command does: a line that is redrawn on a terminal, a line each tenth elsewhere.
final class FetchBar: Sendable {
  private let console: Console
  private let name: DataSourceName
  private let line = Mutex(FetchLine())

  init(console: Console, name: DataSourceName) { (self.console, self.name) = (console, name) }

  func show(_ done: Int, _ total: Int) {
    let text = line.withLock { $0.text(name, done, total, isInteractive: console.isInteractive) }
    guard let text else { return }
    console.writeError(styled: console.isInteractive ? .clearLine + TerminalText(text) : "\(text)\n")
  }

  func end() {
    if console.isInteractive { console.writeError(styled: .clearLine) }
  }
}

/// What is said of a download while it goes: on a terminal whenever another percent is there, elsewhere each tenth of the way.
struct FetchLine: Sendable {
  /// The last one told of; -2 for waiting.
  private var lastStep = -1

  /// The line for what has been fetched so far; nil where it would say nothing new.
  mutating func text(_ name: DataSourceName, _ done: Int, _ total: Int, isInteractive: Bool) -> String? {
    if done == 0, total == 0 {
      defer { lastStep = -2 }
      return lastStep == -2 ? nil : "waiting for another program that fetches \(name)"
    }
    let percent = total > 0 ? Int(Double(done) / Double(total) * 100) : 0
    let step = isInteractive ? percent : percent / 10
    guard step != lastStep else { return nil }
    lastStep = step
    return "fetching \(name): \(done >> 20) of \(total >> 20) MiB, \(percent) %"
  }
}
