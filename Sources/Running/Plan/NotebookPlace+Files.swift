import NbrunDiagnostics
import NbrunDigests
import NbrunFilePaths
import NbrunNotebooks
import NbrunPlatform
import NbrunSteps
import Synchronization

extension NotebookPlace {
  /// Finds the files and folders that the notebook's cells name, each once however many cells name it: one of a gigabyte takes seconds
  /// to read.
  package var fileFinder: FileFinder {
    let found = Mutex<[String: FoundFile]>([:])
    return { name, kind throws(ValueError) in
      try found.withLock { found throws(ValueError) in
        if let file = found[name], (file.files != nil) == (kind == .folder) { return file }
        let file = try file(named: name, kind)
        found[name] = file
        return file
      }
    }
  }

  /// What a cell calls `name`: a path from the notebook's folder to a file or a folder of its project.
  private func file(named name: String, _ kind: FoundFile.Kind) throws(ValueError) -> FoundFile {
    let path = FilePath(name)
    let file = root.appending(self.name.parent).appending(path)
    let isInProject = file.normalized.below(root) != nil && file.resolved.map { $0.below(root) != nil } ?? true
    guard !path.isAbsolute, isInProject || file.normalized == root else {
      throw ValueError("a \(kind) is named by its path from the notebook's folder, and lies in the notebook's project")
    }
    if kind == .folder, file.normalized.below(root)?.parts.first ?? Self.reportsName == Self.reportsName {
      throw ValueError("\(name) holds the project's reports, which runs write; name a folder without them")
    }
    do {
      return try FoundFile(kind, at: file.resolved ?? file, in: root)
    } catch let problem as FileProblem where problem == .system(ENOENT) {
      let others = (file.parent.listing ?? []).filter { ($0.kind == .folder) == (kind == .folder) }.map(\.name.text)
      let near = NearNames.nearest(to: file.name, among: others).map { path.parent.appending($0) }
      throw ValueError("there is no \(kind) \(name)\(near.map { "; did you mean \"\($0)\"?" } ?? "")")
    } catch {
      throw ValueError("\(name)\((error as? ValueError)?.message ?? " cannot be read: \(error)")")
    }
  }
}
