/// Whether a network learns or is used: what dropout and batch normalisation depend on.
public enum Mode: String, Sendable, Codable, CaseIterable {
  /// Dropout drops, batch normalisation uses the minibatch's own statistics and follows them.
  case training
  /// Dropout does nothing, batch normalisation uses the running statistics.
  case testing
}
