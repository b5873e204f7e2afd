/// A number of things in words: `1 cell`, `2 cells`.
/// - Parameter plural: for nouns that take more than an s.
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
