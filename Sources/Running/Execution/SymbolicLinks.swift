import Diagnostics
import Foundation

/// Symbolic links where a run writes and removes files. One in a checkout from a stranger may lead anywhere, so a run touches nothing
/// through any: it puts none there itself.
package enum SymbolicLinks {
  /// - Throws: one line that names the first symbolic link that `folder` is or holds, and where it leads.
  package static func refuse(in folder: String) throws(Diagnostic) {
    guard let link = first(in: folder) else { return }
    let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)).map { " to \($0)" } ?? ""
    throw .error(
      "\(link) is a symbolic link\(target), and nothing is written or removed through a link: remove it, or choose another --output"
    )
  }

  /// The first symbolic link at or below `folder`; nil where there is none.
  private static func first(in folder: String) -> String? {
    if isLink(folder) { return folder }
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let stream = opendir(folder) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
        if name == "." || name == ".." { continue }
        let path = "\(folder)/\(name)"
        switch Int(entry.pointee.d_type) {
        case Int(DT_LNK): return path
        case Int(DT_DIR): folders.append(path)
        case Int(DT_UNKNOWN):
          // Not every file system says what an entry is.
          if isLink(path) { return path }
          folders.append(path)
        default: break
        }
      }
    }
    return nil
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
