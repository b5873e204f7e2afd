/// A regular expression that closures can keep: one that is written where it is used is read anew each time.
///
/// Unchecked, since a `Regex` may hold parts that are not safe to share; those written as literals hold none.
package struct Pattern<Output>: @unchecked Sendable {
  private let regex: Regex<Output>

  package init(_ regex: Regex<Output>) { self.regex = regex }
  package func whole(_ text: String) -> Regex<Output>.Match? { text.wholeMatch(of: regex) }
  package func first(in text: String) -> Regex<Output>.Match? { text.firstMatch(of: regex) }

  package func replacing(in text: String, with replacement: (Regex<Output>.Match) -> String) -> String {
    text.replacing(regex, with: replacement)
  }
}
