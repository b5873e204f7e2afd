import Diagnostics
import Foundation

/// The folder for what is kept between runs: `.nbrun`.
public enum StateFolder {
  /// Removes the stored results, checkpoints and stand-ins in the state folder at `path`. Runs that are going on there lose
  /// nothing that they still need.
  /// - Throws: what cannot be removed, and why.
  public static func clean(_ path: String) throws(Diagnostic) {
    for name in ["cache", "checkpoints", "stand-in"] where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
      do {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      } catch {
        throw .error("cannot remove \(path)/\(name): \(error.localizedDescription)")
      }
    }
  }
}
