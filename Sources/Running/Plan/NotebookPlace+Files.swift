import NbrunDiagnostics
import NbrunDigests
import NbrunFilePaths
import NbrunNotebooks
import NbrunPlatform
import NbrunSteps
import Synchronization

extension NotebookPlace {
  /// Finds the files that the notebook's cells name, each once however many cells name it: one of a gigabyte takes seconds to read.
  package var fileFinder: FileFinder {
    let found = Mutex<[String: FoundFile]>([:])
    return { name throws(ValueError) in
      try found.withLock { found throws(ValueError) in
        if let file = found[name] { return file }
        let file = try file(named: name)
        found[name] = file
        return file
      }
    }
  }

  /// The file that a cell calls `name`: a path from the notebook's folder to a file of its project.
  private func file(named name: String) throws(ValueError) -> FoundFile {
    let path = FilePath(name)
    let file = root.appending(self.name.parent).appending(path)
    let isInProject = file.normalized.below(root) != nil && file.resolved.map { $0.below(root) != nil } ?? true
    guard !path.isAbsolute, isInProject else {
      throw ValueError("a file is named by its path from the notebook's folder, and lies in the notebook's project")
    }
    do {
      return FoundFile(path: (file.resolved ?? file).text, digest: try SHA256.digest(ofFileAt: file.text))
    } catch {
      guard error == .system(ENOENT) else { throw ValueError("\(name) cannot be read: \(error)") }
      let others = (file.parent.listing ?? []).filter { $0.kind == .file }.map(\.name.text)
      let near = NearNames.nearest(to: file.name, among: others).map { path.parent.appending($0) }
      throw ValueError("there is no file \(name)\(near.map { "; did you mean \"\($0)\"?" } ?? "")")
    }
  }
}
