import NbrunDigests
import NbrunJSONValues

/// A file that a cell names by its path from the notebook's folder: `table: measurements.csv`.
///
///     @Parameter("The measurements, a row each.") var table: File
///
/// It must lie in the notebook's project. It is looked for before anything runs; its digest goes into the cell's key and its report.
public struct File: ParameterValue {
  /// Its path as the cell writes it; of a folder's file, the folder's and from there.
  public let name: String
  private var found: FoundFile?
  /// Where it is.
  public private(set) var path: String

  /// The file at `path`, for tests of a step.
  public init(_ path: String) { self.init(path, at: path) }

  init(_ name: String, at path: String) { (self.name, self.path) = (name, path) }

  /// A path; whether a file is there is found out later.
  public static let form: ParameterForm<File> = .init("path of a file", many: "paths of files", isText: true) {
    node throws(ValueError) in
    guard case .string(let text) = node.content, !text.isEmpty else { throw form.mismatch(node) }
    return File(text)
  } canonical: { file in
    .string(file.name + (file.found.map { ", SHA-256 \($0.digest)" } ?? ""))
  }
}

/// Where a file or a folder is and what it holds.
package struct FoundFile: Sendable, Equatable, Codable {
  /// What a name may stand for.
  package enum Kind: Sendable { case file, folder }

  /// Its path, absolute and without links.
  package let path: String
  /// The digest of its contents.
  package let digest: Digest
  /// The files of a folder: their paths from there.
  package let files: [String]?
  /// The folders in a folder, those without files, too.
  package let folders: [String]

  /// The file at `path` with contents of this digest, or a folder with these files and folders.
  package init(path: String, digest: Digest, files: [String]? = nil, folders: [String] = []) {
    (self.path, self.digest, self.files, self.folders) = (path, digest, files, folders)
  }
}

/// Finds the file or the folder that a cell calls by a name.
package typealias FileFinder = @Sendable (_ name: String, _ kind: FoundFile.Kind) throws(ValueError) -> FoundFile

/// The same for one cell alone.
typealias CellFileFinder = (_ name: String, _ kind: FoundFile.Kind) throws(ValueError) -> FoundFile

/// A value that may hold files or folders.
protocol FileHolding {
  /// The value with its files found.
  func locating(_ find: CellFileFinder) throws(ValueError) -> Self
}

extension File: FileHolding {
  func locating(_ find: CellFileFinder) throws(ValueError) -> File {
    let found = try find(name, .file)
    var copy = File(name, at: found.path)
    copy.found = found
    return copy
  }
}

extension Array: FileHolding where Element: FileHolding {
  func locating(_ find: CellFileFinder) throws(ValueError) -> [Element] {
    var located: [Element] = []
    for element in self { located.append(try element.locating(find)) }
    return located
  }
}

extension Optional: FileHolding where Wrapped: FileHolding {
  func locating(_ find: CellFileFinder) throws(ValueError) -> Wrapped? {
    guard let self else { return nil }
    return try self.locating(find)
  }
}
