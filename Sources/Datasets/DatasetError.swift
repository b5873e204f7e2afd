import NbrunFilePaths

/// Why CIFAR-10 cannot be had, and what to do about it: one line.
package enum DatasetError: Error, Sendable, Equatable {
  /// None of the places has it.
  case notFound(places: [String])
  /// The folder that was named does not exist.
  case noSuchFolder(path: String)
  /// A file that belongs to the data is missing or cannot be read.
  case unreadable(path: String, reason: String)
  /// A file has another size than its records add up to.
  case wrongSize(path: String, byteCount: Int, expected: Int, recordSize: Int)
  /// A record, counted from 1, has a label that is no class.
  case wrongLabel(path: String, record: Int, label: Int, classCount: Int)
  /// The server did not give the file.
  case refused(url: String, reason: String)
  /// The connection failed or broke; what has arrived is kept.
  case interrupted(url: String, received: Int, expected: Int, reason: String)
  /// What was downloaded, or given, is not what it should be.
  case wrongDigest(name: String, digest: String, expected: String)
  /// An archive cannot be unpacked.
  case damagedArchive(name: String, reason: String)
  /// The disk would not take it.
  case unwritable(path: String, reason: String)
}

extension DatasetError {
  /// Opens the file at `path` for reading.
  static func opening(_ path: String) throws(DatasetError) -> Int32 {
    do {
      return try FilePath(path).open().descriptor
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}

extension DatasetError: CustomStringConvertible {
  /// One line: what is wrong, with the file's name and place, and what to do.
  package var description: String { description(in: "nbrun") }

  /// One line: what is wrong, with the file's name and place, and what to do with the program called `program`.
  package func description(in program: String) -> String {
    let fetch = "`\(program) data cifar-10`"
    let copy = "`\(program) data cifar-10 --from PATH`"
    let remedy = "\(fetch) fetches it, \(copy) takes a copy, `--stand-in` does without"
    return switch self {
    case .notFound(let places): "CIFAR-10 is not in \(Self.listed(places)): \(remedy)"
    case .noSuchFolder(let path):
      "--data or NBRUN_DATA names \(path), which is no folder: name the folder that has data_batch_1.bin, or its parent"
    case .unreadable(let path, let reason): "cannot read \(path): \(reason); \(remedy)"
    case .wrongSize(let path, let byteCount, let expected, let recordSize):
      "\(path) has \(byteCount) bytes instead of \(expected), \(expected / recordSize) records of \(recordSize): "
        + (byteCount < expected ? "it ends in record \(byteCount / recordSize + 1)" : "it goes on after the last")
        + "; \(remedy)"
    case .wrongLabel(let path, let record, let label, let classCount):
      "\(path): record \(record) has the label \(label), above \(classCount - 1): the file is damaged; \(remedy)"
    case .refused(let url, let reason):
      "\(url) \(reason): get the file another way and use \(copy), " + "or `--stand-in`"
    case .interrupted(let url, let received, let expected, let reason):
      "the download of \(url) broke off after \(received) of \(expected) bytes (\(reason)): "
        + "the same command goes on from there; \(copy) takes a copy, `--stand-in` does without"
    case .wrongDigest(let name, let digest, let expected):
      "\(name) is not the authors' file: its SHA-256 is \(digest), not \(expected); it was removed, so try again, or use "
        + "\(copy)"
    case .damagedArchive(let name, let reason): "cannot unpack \(name): \(reason); get it anew and use \(copy)"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason); make room there or set XDG_CACHE_HOME to another folder"
    }
  }

  private static func listed(_ places: [String]) -> String {
    places.count < 2 ? places.joined() : places.dropLast().joined(separator: ", ") + " or " + (places.last ?? "")
  }
}
