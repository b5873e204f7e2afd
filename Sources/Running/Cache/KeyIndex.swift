import NbrunBinaryCoding
import NbrunDigests
import NbrunPlatform
import NbrunSteps

/// What each cell of a notebook depended on when it last ran: how `nbrun why` knows what has changed since.
struct KeyIndex: Sendable {
  private let folder: String

  /// The index of the notebook that is called `name` below its project's root.
  init(cacheFolder: String, notebook name: String) {
    folder = "\(cacheFolder)/index/\(SHA256.digest(of: name).description.prefix(16))"
  }

  /// The parts of the key with which `cell` last ran; nil where it never did.
  func parts(of cell: CellID) -> CellKeyParts? {
    let path = "\(folder)/\(cell)"
    if let parts: CellKeyParts = ChecksummedFile.value(at: path) { return parts }
    // What is damaged goes: `note` looks at the head alone, and would leave it as it is.
    unlink(path)
    return nil
  }

  /// Remembers the parts of the key `key` with which `cell` has run.
  func note(_ parts: CellKeyParts, key: Digest, of cell: CellID) {
    let path = "\(folder)/\(cell)"
    let name = Array(key.description.utf8)
    // The second section is the key, whose checksum stands in the file's head: what is there already is not read for it.
    if let sections = try? ChecksummedFile.open(path), sections.last?.checksum == Checksum64(of: name) { return }
    // Only explanations depend on it: where it cannot be written, there are none.
    try? ChecksummedFile.write([BinaryEncoder.encode(parts), name], to: path, durably: false)
  }
}
