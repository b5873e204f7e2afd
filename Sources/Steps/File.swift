import NbrunDigests
import NbrunJSONValues

/// A file that a cell names by its path from the notebook's folder: `table: measurements.csv`.
///
///     @Parameter("The measurements, a row each.") var table: File
///
/// It must lie in the notebook's project. It is looked for before anything runs; its digest goes into the cell's key and its report.
public struct File: ParameterValue {
  /// Its path as the cell writes it.
  package let name: String
  private(set) var found: FoundFile?

  /// The file at `path`, for tests of a step.
  public init(_ path: String) { name = path }

  /// Where it is.
  public var path: String { found?.path ?? name }

  /// A path; whether a file is there is found out later.
  public static let form: ParameterForm<File> = .init("path of a file", many: "paths of files", isText: true) {
    node throws(ValueError) in
    guard case .string(let text) = node.content, !text.isEmpty else { throw form.mismatch(node) }
    return File(text)
  } canonical: { file in
    .string(file.name + (file.found.map { ", SHA-256 \($0.digest)" } ?? ""))
  }
}

/// Where a file is and what it holds.
package struct FoundFile: Sendable, Equatable, Codable {
  /// Its path, absolute and without links.
  package let path: String
  /// The digest of its contents.
  package let digest: Digest

  /// The file at `path` with contents of this digest.
  package init(path: String, digest: Digest) { (self.path, self.digest) = (path, digest) }
}

/// Finds the file that a cell calls by a name.
package typealias FileFinder = @Sendable (_ name: String) throws(ValueError) -> FoundFile

/// A value that may hold files.
protocol FileHolding {
  /// The value with its files found.
  func locating(_ find: (String) throws(ValueError) -> FoundFile) throws(ValueError) -> Self
}

extension File: FileHolding {
  func locating(_ find: (String) throws(ValueError) -> FoundFile) throws(ValueError) -> File {
    var copy = self
    copy.found = try find(name)
    return copy
  }
}

extension Array: FileHolding where Element: FileHolding {
  func locating(_ find: (String) throws(ValueError) -> FoundFile) throws(ValueError) -> [Element] {
    var located: [Element] = []
    for element in self { located.append(try element.locating(find)) }
    return located
  }
}

extension Optional: FileHolding where Wrapped: FileHolding {
  func locating(_ find: (String) throws(ValueError) -> FoundFile) throws(ValueError) -> Wrapped? {
    guard let self else { return nil }
    return try self.locating(find)
  }
}
