import Steps
import Synchronization

/// Progress of a download: a line that is redrawn on a terminal, a line each tenth elsewhere.
final class FetchBar: Sendable {
  private let console: Console
  private let name: DataSourceName
  private let lastStep = Mutex(-1)

  init(console: Console, name: DataSourceName) {
    self.console = console
    self.name = name
  }

  func show(_ done: Int, _ total: Int) {
    let percent = total > 0 ? Int(Double(done) / Double(total) * 100) : 0
    let step = console.isInteractive ? percent : percent / 10
    guard
      lastStep.withLock({ last in
        defer { last = step }
        return last != step
      })
    else { return }
    let text = "fetching \(name): \(done >> 20) of \(total >> 20) MiB, \(percent) %"
    console.writeError(console.isInteractive ? "\r\u{1B}[K\(text)" : text + "\n")
  }

  func end() {
    if console.isInteractive { console.writeError("\r\u{1B}[K") }
  }
}
