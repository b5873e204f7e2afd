import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks

/// The images that a notebook's prose shows, read before the report is made, so that it can hold them.
package struct ReportImages: Sendable, Equatable {
  struct Image: Sendable, Equatable {
    var mediaType: String
    var base64: String

    var dataAddress: String { "data:\(mediaType);base64,\(base64)" }
  }

  /// By the bytes of their destinations: names that look the same may be those of two files.
  private var images: [[UInt8]: Image] = [:]

  /// The largest image that is embedded, in bytes.
  static let largestImage = 32 << 20
  /// How many of its first bytes tell what kind of image it is: an SVG drawing may begin with a long comment.
  private static let headLength = 4096

  package init() {}

  /// The images that `notebook` shows, as `read` finds them.
  /// - Parameter read: the bytes of the file at a path relative to the notebook's folder; nil where there is none.
  package init(of notebook: Notebook, read: (String) -> Data?) {
    for link in notebook.document.links where link.isImage {
      let name = Array(link.destination.utf8)
      if images[name] != nil { continue }
      if link.isImageData { images[name] = Self.held(by: link.destination) }
      guard let path = link.path, let bytes = read(path), let type = Self.mediaType(of: bytes) else { continue }
      images[name] = Image(mediaType: type, base64: bytes.base64EncodedString())
    }
  }

  /// The images that `notebook` shows, from files below its own folder and nowhere else, symbolic links followed.
  package init(of notebook: Notebook) {
    let folder = notebook.place.file.parent.place
    self.init(of: notebook) { path in try? Self.bytes(of: path, below: folder) }
  }

  /// Why a report of a notebook in `folder` cannot hold the image at `path`, relative to it or an address that holds it; nil where it can.
  package static func fault(of path: String, below folder: FilePath) -> ImageFault? {
    if path.lowercased().hasPrefix("data:") { return held(by: path) == nil ? .unknownKind : nil }
    do throws(ImageFault) {
      return mediaType(of: try bytes(of: path, below: folder.place)) == nil ? .unknownKind : nil
    } catch { return error }
  }

  /// The bytes of the file at `path` below `folder`, which is without links.
  private static func bytes(of path: String, below folder: FilePath) throws(ImageFault) -> Data {
    guard let file = folder.appending(path).resolved else { throw .unreadable("there is none") }
    guard file.below(folder) != nil else { throw .leadsOutside }
    do throws(FileProblem) { return try file.read(upTo: largestImage) } catch {
      switch error {
      case .notAFile: throw .notAFile
      case .tooLarge: throw .tooLarge(limit: largestImage)
      default: throw .unreadable("\(error)")
      }
    }
  }

  /// The image that a `data:` address holds; nil where its bytes are none.
  private static func held(by address: String) -> Image? {
    guard let comma = address.firstIndex(of: ",") else { return nil }
    let head = address[..<comma].dropFirst(5).lowercased().split(separator: ";")
    let written = String(address[address.index(after: comma)...])
    let isBase64 = head.last == "base64"
    guard let bytes = isBase64 ? Data(base64Encoded: written) : Data(FilePath(percentEncoded: written).text.utf8),
      let type = mediaType(of: bytes)
    else { return nil }
    return Image(mediaType: type, base64: bytes.base64EncodedString())
  }

  /// The image that the notebook names so.
  subscript(path: String) -> Image? { images[Array(path.utf8)] }

  /// What kind of image `bytes` are, told by how they begin: a name can say anything.
  private static func mediaType(of bytes: Data) -> String? {
    let start = Array(bytes.prefix(headLength))
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if start.starts(with: Array("GIF8".utf8)) { return "image/gif" }
    if start.count > 12, start[0..<4].elementsEqual("RIFF".utf8), start[8..<12].elementsEqual("WEBP".utf8) {
      return "image/webp"
    }
    return String(decoding: start, as: UTF8.self).contains("<svg") ? "image/svg+xml" : nil
  }
}
