import NbrunDiagnostics
import NbrunDigests

/// Data that steps read: where it is, how to get it, what it is.
///
/// Its files' digests go into the key of every cell that reads it and into the report, so that a number names its data.
public protocol DataSource: Sendable {
  /// What `nbrun data` calls it.
  var name: DataSourceName { get }
  /// One sentence.
  var summary: String { get }
  /// The address of the page that its authors publish it on; nil where there is none.
  var page: String? { get }

  /// Where the data is, or nil where it is in none of the places to look.
  /// - Throws: an error that says which file is truncated or damaged, and what to do.
  func locate(_ search: DataSearch) throws -> DataLocation?

  /// Gets the data from where its authors publish it into the user's cache folder, verified.
  /// - Parameter progress: bytes so far and in total; 0 and 0 while another program that fetches it is waited for.
  /// - Throws: an error that says what failed and what to do.
  func fetch(_ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void) throws -> DataLocation

  /// Takes a copy of the data at `path`, as the user has it, into the user's cache folder, checked.
  /// - Parameter progress: bytes so far and in total.
  /// - Throws: an error that says what is wrong with it and what to do.
  func takeCopy(
    of path: String, _ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> DataLocation

  /// Makes synthetic data of the same shape in `folder`; nil where the source has no stand-in.
  func standIn(in folder: String) throws -> DataLocation?
}

extension DataSource {
  /// No page.
  public var page: String? { nil }

  /// Looks at `path` and copies nothing.
  public func takeCopy(
    of path: String, _ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> DataLocation {
    guard let location = try locate(DataSearch(folders: [path], cacheFolder: search.cacheFolder)) else {
      throw Diagnostic.error("\(name) is not in \(path)")
    }
    return location
  }

  /// Makes no stand-in.
  public func standIn(in folder: String) throws -> DataLocation? { nil }
}

/// Where to look for data.
public struct DataSearch: Sendable, Codable, Equatable {
  /// Folders to look in, first to last: `--data`, then `$NBRUN_DATA`; each may be the data's folder or its parent.
  public var folders: [String]
  /// The user's cache folder, where fetched data is kept.
  public var cacheFolder: String
  /// What the program is called, for messages that say what to type.
  public var program: String
  /// Whether files are read whatever is remembered of them: a fresh run believes nothing that an earlier one found.
  public var readsAnew: Bool

  /// Looks in `folders`, then in `cacheFolder`.
  public init(folders: [String], cacheFolder: String, program: String = "nbrun", readsAnew: Bool = false) {
    self.folders = folders
    self.cacheFolder = cacheFolder
    self.program = program
    self.readsAnew = readsAnew
  }
}

/// Data that was found.
public struct DataLocation: Sendable, Codable, Equatable {
  /// The folder that holds the files.
  public var folder: String
  /// The digest of each file, by name.
  public var digests: [String: Digest]
  /// Whether the files are the authors' own, byte for byte.
  public var isOriginal: Bool
  /// Whether it is a synthetic stand-in.
  public var isStandIn: Bool
  /// What they are, in a sentence, where files that are not the authors' come with one. For reports; no part of what results depend on.
  public var note: String?

  /// Data in `folder`.
  public init(
    folder: String, digests: [String: Digest], isOriginal: Bool, isStandIn: Bool = false, note: String? = nil
  ) {
    self.note = note
    self.folder = folder
    self.digests = digests
    self.isOriginal = isOriginal
    self.isStandIn = isStandIn
  }
}
