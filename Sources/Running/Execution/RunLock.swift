import Diagnostics
import Digests

/// Keeps a second run off an output folder while one works there. A run that died holds nothing.
public final class RunLock {
  private let lock: FileLock?

  /// Takes the output folder at `path`.
  /// - Parameter stateFolder: the `.nbrun` folder beside it.
  /// - Throws: one line that names the process that has it, or says why nothing can be written.
  public init(outputFolder path: String, stateFolder: String) throws(Diagnostic) {
    let name = SHA256.digest(of: path).description.prefix(16)
    do {
      switch try FileLock.tryAcquire("\(stateFolder)/locks/output-\(name)") {
      case .acquired(let lock): self.lock = lock
      case .unsupported: lock = nil
      case .heldBy(let process):
        let who = process.map { "the process \($0)" } ?? "another process"
        throw Diagnostic.error("\(path) is in use: \(who) is running there; wait for it, or choose another --output")
      }
    } catch let error as SystemError {
      throw error.diagnostic
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw .error("cannot lock \(path): \(error)")
    }
  }
}
