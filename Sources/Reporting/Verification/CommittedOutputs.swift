import NbrunFilePaths
import NbrunPlatform

/// What stands in a folder of reports, hidden files too. Read without belief: anyone may have edited it, and no link is followed.
package struct CommittedOutputs: Sendable {
  enum Entry: Sendable, Equatable {
    case file
    /// Something that no report holds, in a word or two.
    case other(String)
  }

  /// What stands there, by its path below the folder; folders are known by what they hold. Two names that differ in their bytes are
  /// two, though they may look the same.
  let entries: [FilePath: Entry]
  private let read: @Sendable (FilePath) -> Data?

  /// The largest file that is read, in bytes.
  private static let largestFile = 256 << 20

  /// What stands in the folder at `path`: nothing where there is none.
  package init(folder: FilePath) {
    // The folder itself may be a link: it is the user's.
    let there = folder.kind == .folder ? folder.everythingBelow : []
    entries = Dictionary(
      firstOf: there.compactMap { path, kind in
        guard kind != .folder || !path.exists, let place = path.below(folder) else { return nil }
        return (place, kind == .file ? .file : .other(kind == .link ? "a link" : "no regular file"))
      })
    read = { try? folder.appending($0).read(upTo: Self.largestFile) }
  }

  /// Files in memory, and what else stands there.
  init(files: [String: Data], others: [String: String] = [:]) {
    entries = Dictionary(firstOf: others.map { (FilePath($0), .other($1)) } + files.keys.map { (FilePath($0), .file) })
    read = { files[$0.text] }
  }

  /// The bytes of the file at `place`; nil where there is none that can be read, or that is too large to be part of a report.
  func contents(_ place: FilePath) -> Data? { entries[place] == .file ? read(place) : nil }

  /// The results in `folder`; nil where there are none that can be read.
  package func results(in folder: FilePath) -> ResultsFile? {
    contents(folder.appending(ResultsFile.name)).flatMap { try? ResultsFile.read($0) }
  }

  /// Every folder that has results in it, and so looks like a report's.
  package var folders: [FilePath] {
    entries.keys.filter { $0.parts.count > 1 && $0.name == ResultsFile.name }.map(\.parent).sorted()
  }

  /// The report in `folder`.
  /// - Parameter reports: the folders of all reports; what stands in one of them below `folder` belongs to that one.
  package func report(in folder: FilePath, among reports: Set<FilePath>) -> CommittedReport {
    var report = CommittedReport(files: [:])
    for (place, entry) in entries where Self.owner(of: place, among: reports) == folder {
      guard let name = place.below(folder)?.text else { continue }
      switch entry {
      case .other(let what): report.others[name] = what
      case .file:
        if let bytes = contents(place) {
          report.files[name] = bytes
        } else {
          report.others[name] = "unreadable or too large"
        }
      }
    }
    return report
  }

  /// What belongs to none of `reports`, sorted.
  func strays(among reports: Set<FilePath>) -> [FilePath] {
    entries.keys.filter { Self.owner(of: $0, among: reports) == nil }.sorted()
  }

  /// The deepest folder of a report that `place` stands in.
  private static func owner(of place: FilePath, among reports: Set<FilePath>) -> FilePath? {
    var folder = place.parent
    while !folder.parts.isEmpty, !reports.contains(folder) { folder = folder.parent }
    return folder.parts.isEmpty ? nil : folder
  }
}

package struct CommittedReport: Sendable, Equatable {
  /// Each file's bytes by its path below the report's folder.
  var files: [String: Data]
  /// What stands there and is no file that a report can hold, and what it is.
  var others: [String: String] = [:]

  package var isEmpty: Bool { files.isEmpty && others.isEmpty }

  package func results() throws(ResultsFileError) -> ResultsFile {
    guard let bytes = files[ResultsFile.name] else {
      throw ResultsFileError(others[ResultsFile.name].map { "it is \($0)" } ?? "there is none")
    }
    return try ResultsFile.read(bytes)
  }

  /// Whether the run that it tells of stopped at a failure, so that one which is compared with it has to stop there, too.
  package var stoppedAtFailure: Bool {
    guard let results = try? results() else { return false }
    return results.cells.contains { if case .stopped = $0.reason { true } else { false } }
  }
}
