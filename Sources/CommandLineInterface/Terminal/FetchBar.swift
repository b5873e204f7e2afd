import NbrunDiagnostics
import NbrunSteps
import Synchronization

/// Progress of a download that is all a command does: a line that is redrawn on a terminal, a line each tenth elsewhere.
final class FetchBar: Sendable {
  private let console: Console
  private let name: DataSourceName
  private let line = Mutex(FetchLine())

  init(console: Console, name: DataSourceName) {
    self.console = console
    self.name = name
  }

  func show(_ done: Int, _ total: Int) {
    let text = line.withLock { $0.text(name, done, total, isInteractive: console.isInteractive) }
    guard let text else { return }
    console.writeError(styled: console.isInteractive ? .clearLine + TerminalText(text) : "\(text)\n")
  }

  func end() {
    if console.isInteractive { console.writeError(styled: .clearLine) }
  }
}
