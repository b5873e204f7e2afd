import Foundation

/// The files of a committed report. Read without belief: anyone may have edited them.
public struct CommittedReport: Sendable, Equatable {
  /// Each file's bytes by its path below the folder, hidden files left out.
  var files: [String: Data]
  /// The names of files that are too large to be part of a report.
  var oversized: [String] = []

  /// The largest file that is read, in bytes.
  private static let largestFile = 256 << 20

  /// A report of these files.
  init(files: [String: Data]) {
    self.files = files
  }

  /// The report in the folder at `path`, symbolic links not followed; nil where there is no such folder.
  public init?(folder path: String) {
    let root = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath()
    let keys: [URLResourceKey] = [.isRegularFileKey, .fileSizeKey]
    guard (try? root.checkResourceIsReachable()) == true,
      let walk = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
    else { return nil }
    files = [:]
    while let file = walk.nextObject() as? URL {
      // A report's files stand in its folder or in the one for figures; deeper ones belong to other notebooks' reports.
      if walk.level >= 2 { walk.skipDescendants() }
      let values = try? file.resourceValues(forKeys: Set(keys))
      guard values?.isRegularFile == true else { continue }
      let name = file.pathComponents.suffix(walk.level).joined(separator: "/")
      guard walk.level == 1 || name.hasPrefix(FigureFile.folder + "/") else { continue }
      if let size = values?.fileSize, size > Self.largestFile {
        oversized.append(name)
      } else if let bytes = try? Data(contentsOf: file) {
        files[name] = bytes
      }
    }
  }

  /// Its results.
  func results() throws(ResultsFileError) -> ResultsFile {
    guard let bytes = files[ResultsFile.name] else {
      throw ResultsFileError(place: "", message: "there is none")
    }
    return try ResultsFile.read(bytes)
  }
}
