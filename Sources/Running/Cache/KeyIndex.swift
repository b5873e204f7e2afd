import Digests
import Steps

/// What each cell of a notebook depended on when it last ran: how `nbrun why` knows what has changed since.
struct KeyIndex: Sendable {
  private let folder: String

  /// The index of the notebook that is called `name` below its project's root.
  init(cacheFolder: String, notebook name: String) {
    folder = "\(cacheFolder)/index/\(SHA256.digest(of: name).description.prefix(16))"
  }

  /// The parts of the key with which `cell` last ran; nil where it never did.
  func parts(of cell: CellID) -> CellKeyParts? {
    SealedFile.value(at: "\(folder)/\(cell)")
  }

  /// Remembers the parts of the key with which `cell` has run.
  func note(_ parts: CellKeyParts, of cell: CellID) {
    // Only explanations depend on it: where it cannot be written, there are none.
    if self.parts(of: cell) != parts { try? SealedFile.write(parts, to: "\(folder)/\(cell)") }
  }
}
