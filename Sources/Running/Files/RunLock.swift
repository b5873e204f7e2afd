import NbrunDiagnostics
import NbrunDigests
import NbrunPlatform

/// Keeps a second run off an output folder while one works there. A run that died holds nothing.
package final class RunLock {
  private let lock: FileLock?

  /// Takes the output folder at `path`.
  /// - Parameter stateFolder: the `.nbrun` folder beside it.
  /// - Throws: one line that names the process that has it, or says why nothing can or may be written: a symbolic link is there.
  package convenience init(outputFolder path: String, stateFolder: String) throws(Diagnostic) {
    try self.init(waitingFor: path, stateFolder: stateFolder, patience: 0)
  }

  /// Takes the output folder at `path`, waiting for whoever has it: for folders that are only taken while a report is written.
  /// - Parameter patience: for how many seconds; a writer that takes longer was stopped.
  /// - Throws: why nothing can be written, such as that another process is there and does not end.
  package init(waitingFor path: String, stateFolder: String, patience: Double = 5) throws(Diagnostic) {
    let start = monotonicSeconds()
    while true {
      switch try Self.attempt(path, stateFolder) {
      case .acquired(let lock):
        self.lock = lock
        return
      case .unsupported:
        lock = nil
        return
      case .heldBy(let process):
        guard monotonicSeconds() - start < patience else {
          let who = process.map { "the process \($0)" } ?? "another process"
          throw .error("\(path) is in use: \(who) is running there; wait for it, or choose another --output")
        }
        usleep(10_000)
      }
    }
  }

  private static func attempt(_ path: String, _ stateFolder: String) throws(Diagnostic) -> FileLock.Attempt {
    for folder in [path, stateFolder] { try SymbolicLinks.refuse(in: folder) }
    let name = SHA256.digest(of: path).description.prefix(16)
    do {
      let attempt = try FileLock.tryAcquire("\(stateFolder)/locks/output-\(name)")
      StateFolder.ignoreInGit(stateFolder)
      return attempt
    } catch { throw error.diagnostic }
  }
}
