import NbrunDigests
import NbrunFilePaths
import NbrunPlatform

/// The files of CIFAR-10 in a folder on this machine.
package struct CIFAR10Files: Sendable, Equatable {
  /// The path of the folder that has the files.
  package let folder: String

  /// The first of `folders`, then of the cache folder, that has the files, in itself or in a folder `cifar-10-batches-bin`; nil
  /// if none has.
  ///
  /// A folder with only some of the files counts: checking them says which is missing.
  ///
  /// - Parameters:
  ///   - folders: those that the user named. One that does not exist is an error: a slip of the pen, not a place without data.
  ///   - cacheFolder: where fetched data is kept. It need not exist.
  package static func locate(in folders: [String], or cacheFolder: String) throws(DatasetError) -> CIFAR10Files? {
    for folder in folders {
      guard FilePath(folder).kind == .folder else { throw DatasetError.noSuchFolder(path: folder) }
      if let files = within(folder) { return files }
    }
    return within(cacheFolder)
  }

  /// The files in the folder at `path` or in the folder that the authors' archive makes there.
  static func within(_ path: String) -> CIFAR10Files? {
    [path, path + "/" + CIFAR10Layout.folder]
      .first { folder in CIFAR10Layout.files.contains { access(folder + "/" + $0, F_OK) == 0 } }
      .map(CIFAR10Files.init)
  }

  /// What the files are, in a sentence of the README that came with them; nil where none did.
  package var note: String? { DataNote.sentence(onFilesIn: folder) }

  /// The digests of all files, by their names.
  ///
  /// - Parameter memory: spares reading and checking those that have not changed since their digest was last taken.
  /// - Throws: what is wrong with a file: it is missing, has another size than its records add up to, or a label that is no
  ///   class.
  package func digests(
    rememberedIn memory: DigestMemory, layout: CIFAR10Layout = .standard
  ) throws(DatasetError) -> [String: Digest] {
    let digests = try memory.digests(ofFilesAt: CIFAR10Layout.files.map { folder + "/" + $0 }) {
      (path) throws(DatasetError) in _ = try ImageRecords.mapping([path], recordsPerFile: layout.recordsPerFile)
    }
    return Dictionary(uniqueKeysWithValues: zip(CIFAR10Layout.files, digests))
  }
}
