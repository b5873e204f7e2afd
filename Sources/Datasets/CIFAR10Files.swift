import Digests
import Foundation

/// The files of CIFAR-10 in a folder on this machine.
public struct CIFAR10Files: Sendable, Equatable {
  /// The path of the folder that has the files.
  public let folder: String

  /// The files in the folder at the path `folder`.
  public init(folder: String) {
    self.folder = folder
  }

  /// The first of the places that has the files, in itself or in a folder `cifar-10-batches-bin`; nil if none has.
  ///
  /// A folder with only some of the files counts: reading it will say which is missing. Throws if a folder that was named
  /// does not exist, which is a slip of the pen, not a place without data.
  public static func locate(in locations: DataLocations) throws(DatasetError) -> CIFAR10Files? {
    for place in locations.places {
      if let origin = place.origin, !isFolder(place.path) {
        throw DatasetError.noSuchFolder(path: place.path, origin: origin)
      }
      if let files = within(place.path) { return files }
    }
    return nil
  }

  /// The error that none of the places has the files.
  public static func notFound(in locations: DataLocations) -> DatasetError {
    .notFound(places: locations.places.map { $0.path + ($0.origin.map { " (\($0))" } ?? "") })
  }

  /// The files in the folder at `path` or in the folder that the authors' archive makes there.
  static func within(_ path: String) -> CIFAR10Files? {
    [path, path + "/" + CIFAR10Layout.folder]
      .first { folder in CIFAR10Layout.files.contains { access(folder + "/" + $0, F_OK) == 0 } }
      .map(CIFAR10Files.init)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The digests of all files, by their names. `memory` spares reading those that have not changed since their digest was last taken.
  public func digests(rememberedIn memory: DigestMemory) throws(DatasetError) -> [String: Digest] {
    do {
      let paths = CIFAR10Layout.files.map { folder + "/" + $0 }
      let digests = try memory.digests(ofFilesAt: paths)
      return Dictionary(uniqueKeysWithValues: zip(CIFAR10Layout.files, digests))
    } catch {
      throw DatasetError.unreadable(path: error.path, reason: String(cString: strerror(error.code)))
    }
  }
}
