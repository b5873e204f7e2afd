import NbrunDigests
import Foundation

/// One source file of a module.
struct SourceFile {
  var module: String
  var path: String

  /// The file's name without its folder: a module has no two files of one name.
  var name: String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }
}

enum CodeIdentity {
  /// One digest for all of `sources`. It depends on each file's module, name and contents, neither on where the package lies nor
  /// on the order that the files are given in.
  static func digest(of sources: [SourceFile]) throws -> Digest {
    var hash = SHA256()
    for source in sources.sorted(by: { ($0.module, $0.name) < ($1.module, $1.name) }) {
      hash.update(framing: source.module)
      hash.update(framing: source.name)
      hash.update(framing: try Data(contentsOf: URL(filePath: source.path)))
    }
    return hash.finalize()
  }
}
