import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform

/// The folder for what is kept between runs: `.nbrun`.
package enum StateFolder {
  /// Keeps the state folder at `path`, which is there, out of version control: nothing in it is anybody else's.
  static func ignoreInGit(_ path: String) {
    let file = FilePath(path).appending(".gitignore")
    // Where it cannot be written, nothing else can, which is said then.
    if !file.exists { try? AtomicFile.write(Data("*\n".utf8), to: file.text, durably: false) }
  }

  /// Removes the stored results, checkpoints and stand-ins in the state folder at `path`. Runs that are going on there lose
  /// nothing that they still need.
  /// - Throws: what cannot be removed, and why.
  package static func clean(_ path: String) throws(Diagnostic) {
    try SymbolicLinks.refuse(in: path)
    for name in ["cache", "checkpoints", "stand-in"] where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
      // Out of the way first: a run that goes on may put new files under the old name while the old ones are removed.
      let discarded = "\(path)/discarded-\(getpid())-\(name)"
      guard rename("\(path)/\(name)", discarded) == 0 else {
        throw .error("cannot remove \(path)/\(name): \(String(cString: strerror(errno)))")
      }
      do { try FileManager.default.removeItem(atPath: discarded) } catch {
        throw .error("cannot remove \(path)/\(name): \(error.systemReason)")
      }
    }
  }
}
