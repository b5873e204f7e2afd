import NbrunDigests
import NbrunFilePaths
import NbrunPlatform
import NbrunSteps

extension FoundFile {
  /// What `path` holds: a file, or a folder with files that lie in `root`, too.
  /// - Throws: `FileProblem`, or `ValueError` about something in a folder, whose message goes on where the folder's name ends.
  init(_ kind: Kind, at path: FilePath, in root: FilePath) throws {
    guard kind == .folder else {
      self.init(path: path.text, digest: try SHA256.digest(ofFileAt: path.text))
      return
    }
    guard let there = path.kind else { throw FileProblem.system(ENOENT) }
    guard there == .folder else { throw ValueError(" is no folder") }
    var files: [String] = []
    var folders = [FilePath("")]
    var next = 0
    while next < folders.count {
      let folder = folders[next]
      next += 1
      guard let entries = path.appending(folder).listing else { throw ValueError("/\(folder) cannot be read") }
      for entry in entries where entry.name.text.utf8.first != UInt8(ascii: ".") {
        let name = folder.appending(entry.name)
        let place = path.appending(name)
        // In what is digested, a name is the rest of a line.
        if entry.name.text.utf8.contains(where: "\n\r\\".utf8.contains) {
          throw ValueError("/\(name) has a line break or a backslash in its name")
        }
        switch (entry.kind, place.kind) {
        case (.folder, .folder): folders.append(name)
        case (.file, .file): files.append(name.text)
        case (.link, .file) where place.resolved?.below(root) != nil: files.append(name.text)
        case (.link, .folder): throw ValueError("/\(name) is a link to a folder, which is not followed")
        default: throw ValueError("/\(name) is no file of the notebook's project, nor a folder")
        }
      }
    }
    files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var lines: [UInt8] = []
    for file in files {
      do {
        lines += "\(try SHA256.digest(ofFileAt: path.appending(FilePath(file)).text))  \(file)\n".utf8
      } catch { throw ValueError("/\(file) cannot be read: \(error)") }
    }
    self.init(path: path.text, digest: SHA256.digest(of: lines), files: files, folders: folders.map(\.text))
  }

  /// The paths at one of which something changes where its contents do.
  package var watchedPaths: [FilePath] {
    [FilePath(path)] + ((files ?? []) + folders).map { FilePath(path).appending(FilePath($0)) }
  }

  /// Whether it still holds what it held when it was found.
  var isUnchanged: Bool {
    (try? FoundFile(files == nil ? .file : .folder, at: FilePath(path), in: FilePath("/"))) == self
  }
}
