import NbrunJSONValues
import NbrunPlatform

/// A folder that a cell names by its path from the notebook's folder: `images: photographs`.
///
///     @Parameter("The pictures, a folder for each class.") var images: Folder
///
/// It lies below the folder of the notebook's project, with all that it holds, and is no folder of reports. It is looked for before
/// anything runs. The digest of its files goes into the cell's key and its report: the SHA-256 of what `sha256sum` prints for their
/// paths from the folder, in the order of their bytes. Names that begin with a full stop do not count. Links to folders are refused.
public struct Folder: ParameterValue {
  /// Its path as the cell writes it.
  package let name: String
  private var found: FoundFile?

  /// The folder at `path`, for tests of a step.
  public init(_ path: String) { name = path }

  /// Where it is.
  public var path: String { found?.path ?? name }

  /// The files in it and in the folders below it, in the order of their paths' bytes.
  /// - Throws: where the folder cannot be read.
  public func files() throws -> [File] {
    func isHidden(_ path: String) -> Bool {
      path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
    }
    func isFolder(_ entry: String) -> Bool {
      (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(entry)")) != nil
    }
    let paths =
      try found?.files
      ?? FileManager.default.subpathsOfDirectory(atPath: path).filter { !isHidden($0) && !isFolder($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let start = name.utf8.last == UInt8(ascii: "/") ? name : name + "/"
    return paths.map { File(start + $0, at: "\(path)/\($0)") }
  }

  /// A path; whether a folder is there is found out later.
  public static let form: ParameterForm<Folder> = .init("path of a folder", many: "paths of folders", isText: true) {
    node throws(ValueError) in
    guard case .string(let text) = node.content, !text.isEmpty else { throw form.mismatch(node) }
    return Folder(text)
  } canonical: { folder in
    .string(folder.name + (folder.found.map { ", SHA-256 \($0.digest)" } ?? ""))
  }
}

extension Folder: FileHolding {
  func locating(_ find: CellFileFinder) throws(ValueError) -> Folder {
    var copy = self
    copy.found = try find(name, .folder)
    return copy
  }
}
