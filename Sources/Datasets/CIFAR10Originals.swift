import NbrunDigests
import NbrunFilePaths
import NbrunPlatform

/// Remembers which files came out of the authors' verified archive, so that they are known for that wherever they are found.
///
/// The authors publish the digest of their archive, not those of its files.
package struct CIFAR10Originals: Sendable {
  private let path: String

  /// What is remembered in the folder at the path `cacheFolder`.
  package init(cacheFolder: String) { path = cacheFolder + "/cifar-10.originals.json" }

  /// Whether files with these digests, by their names, are the authors'.
  package func contain(_ digests: [String: Digest]) -> Bool {
    guard let data = FilePath(path).contents else { return false }
    return (try? JSONDecoder().decode([String: Digest].self, from: data)) == digests
  }

  /// Remembers the digests of files that were unpacked from the archive. Where they cannot be kept, the files are
  /// used all the same, only not known for the authors'.
  func remember(_ digests: [String: Digest]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try? encoder.encode(digests).write(to: URL(filePath: path), options: .atomic)
  }
}
