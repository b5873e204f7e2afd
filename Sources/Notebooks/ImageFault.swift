/// Why a report cannot hold an image that a notebook shows.
package enum ImageFault: Error, Sendable, Equatable {
  /// A symbolic link leads out of the notebook's folder.
  case leadsOutside
  /// It is a folder, a pipe or the like.
  case notAFile
  /// It has more bytes than `limit`.
  case tooLarge(limit: Int)
  /// The system's reason why it cannot be read.
  case unreadable(String)
  /// Its bytes are those of no known kind of image.
  case unknownKind

  /// What is wrong with the image that the notebook calls `name`.
  func message(_ name: String) -> String {
    switch self {
    case .leadsOutside:
      "the image \"\(name)\" is a link to a file outside the notebook's folder; put a copy of it there"
    case .notAFile: "the image \"\(name)\" is no file"
    case .tooLarge(let limit): "the image \"\(name)\" has more than the \(limit >> 20) MiB that a report holds"
    case .unreadable(let reason): "the image \"\(name)\" cannot be read: \(reason)"
    case .unknownKind: "\"\(name)\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"
    }
  }
}
