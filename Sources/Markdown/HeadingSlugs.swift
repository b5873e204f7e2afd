/// Heading anchors as GitHub makes them: lower case, spaces as hyphens, punctuation dropped, repetitions numbered.
struct HeadingSlugs {
  /// How often each slug was asked for.
  private var occurrences: [String: Int] = [:]

  /// A slug that no earlier heading has; nil for a title without a letter or a digit.
  mutating func slug(for title: String) -> String? {
    let base = HeadingSlugs.base(title)
    guard !base.isEmpty else { return nil }
    var slug = base
    while occurrences[slug] != nil {
      occurrences[base, default: 0] += 1
      slug = "\(base)-\(occurrences[base, default: 0])"
    }
    occurrences[slug] = 0
    return slug
  }

  private static func base(_ title: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case " ": slug.append("-")
      case "-", "_": slug.append(scalar)
      default:
        let properties = scalar.properties
        if properties.isAlphabetic || properties.numericType != nil || marks.contains(properties.generalCategory) {
          slug.append(scalar)
        }
      }
    }
    return String(slug)
  }

  private static let marks: Set<Unicode.GeneralCategory> = [
    .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation,
  ]
}
