/// What is wrong with an archive, and where in it.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The part of an archive that an offset counts bytes of.
  package enum Layer: String, Sendable {
    /// The compressed file.
    case compressed = "compressed data"
    /// What the compressed file holds.
    case archive = "archive"
  }

  /// One sentence without a full stop.
  package var message: String
  /// What `offset` counts bytes of.
  package var layer: Layer
  /// The first byte that it cannot be right at, or shortly behind it.
  package var offset: Int

  /// One line such as `the data end in the middle (at byte 1204 of the compressed data)`.
  package var description: String { "\(message) (at byte \(offset) of the \(layer.rawValue))" }
}
