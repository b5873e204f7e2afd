import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunRunning

/// A notebook's output folder. Nothing outside it is ever written or removed, whatever a results file says.
struct OutputFolder: Sendable {
  let path: String

  /// The bytes of a file in it; nil where there is none.
  func contents(of name: String) -> Data? {
    guard Self.staysInside(name) else { return nil }
    return FilePath(path).appending(name).contents
  }

  /// Makes all bytes the contents of its file in it, in that order, unless it has them already: all or, where that cannot be, none.
  /// - Returns: the names of the files that were written.
  func update(_ files: [(name: String, bytes: Data)]) throws(Diagnostic) -> [String] {
    let written = try AtomicFile.update(
      files.map { file in
        precondition(Self.staysInside(file.name), "reports are written inside their folder, not to \(file.name)")
        return ("\(path)/\(file.name)", file.bytes)
      })
    return written.map { String(Substring($0.utf8.dropFirst(path.utf8.count + 1))) }
  }

  /// Removes a file in it, and the folders that this leaves empty. What no run could have written is let be, whatever names it.
  /// - Returns: whether there was such a file.
  func remove(_ name: String) -> Bool {
    guard Self.staysInside(name), Self.isReportFile(name) else { return false }
    guard let root = FilePath(path).resolved else { return false }
    var file = root.appending(name)
    guard let parent = file.parent.resolved, parent == root || parent.below(root) != nil else { return false }
    // `unlink` removes no folders and follows no links.
    guard unlink(file.text) == 0 else { return false }
    repeat { file = file.parent } while file.below(root) != nil && rmdir(file.text) == 0
    return true
  }

  /// Whether a run writes files of this name.
  static func isReportFile(_ name: String) -> Bool {
    name == ResultsFile.name || name == ReportCard.fileName || ReportFormat.all.contains { $0.fileName == name }
      || (name.hasPrefix(FigureFile.folder + "/") && name.hasSuffix(".svg"))
  }

  /// Whether a path, as text, leads nowhere but into the folder.
  static func staysInside(_ name: String) -> Bool {
    let path = FilePath(name)
    return !name.isEmpty && !path.isAbsolute && !path.parts.contains("..") && !name.utf8.contains(0)
      && FilePath(parts: path.parts, isAbsolute: false) == path
  }
}
