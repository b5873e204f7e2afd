import NbrunPlatform
import NbrunNotebooks

// Claims as programs, spreadsheets and mathematics write them.
extension Slip {
  /// The slips of a whole claim; its numbers and its metric have those of any value.
  static let ofClaims: [Slip] =
    [
      comment,
      Slip(rule: "a claim has no quotation marks") { text in
        let marks: Set<Character> = ["\"", "'", "`", "“", "”", "„", "‘", "’", "$", "{", "}", "*"]
        let plain = String(text.filter { !marks.contains($0) })
        return plain.count < text.count - 1 ? plain.split(whereSeparator: \.isWhitespace).joined(separator: " ") : nil
      },
    ] + ClaimOperator.all.flatMap(\.slips) + [
      Slip(rule: "the metric stands first") {
        [pattern = Pattern(#/([-+.\d]\S*)\s*(<=|>=|<|>|=)\s*([A-Za-z]\S*)/#)] text in
        pattern.whole(text).map { match in "\(match.3) \(mirrored[String(match.2)] ?? "=") \(match.1)" }
      },
      Slip(rule: "a claim is about the cell that it stands in") {
        [pattern = Pattern(#/[a-z][a-z0-9-]*\.([a-z].*)/#)] text in pattern.whole(text).map { String($0.1) }
      }, Slip(rule: "a tolerance is written +/-") { text in plusMinus.whole(text).map { "\($0.1) +/- \($0.2)" } },
      Slip(rule: "a tolerance is written +/-") {
        [pattern = Pattern(#/(.*?\S)\s*\(\s*(?:±|\+\/-)?\s*([^()]+?)\s*\)/#)] text in
        pattern.whole(text).map { "\($0.1) +/- \($0.2)" }
      },
      Slip(rule: "a tolerance is no share of the number") {
        [pattern = Pattern(#/([^±]*?=\s*([-+\d.eE]+))\s*(?:±|\+\/-)\s*([\d.]+)\s*%/#)] text in
        pattern.whole(text).flatMap { match in
          guard let number = Double(match.2), let share = Double(match.3) else { return nil }
          return "\(match.1) +/- \(plain(abs(number) * share / 100))"
        }
      },
    ]

  /// The slips of `METRIC NUMBER`.
  static let ofReferences: [Slip] =
    [
      Slip(rule: "a reference is a metric and a number, without a sign between them") {
        [pattern = Pattern(#/(\S+?)\s*(?:==?|:=|:|<=?|>=?|≈|~|≤|≥|is)\s*(\S+)/#)] text in
        pattern.whole(text).map { "\($0.1) \($0.2)" }
      }
    ]
    + Slip.all.flatMap { slip in
      [
        Slip(rule: slip.rule) { text in
          text.firstIndex(where: \.isWhitespace).flatMap { space in
            slip.correct(String(text[space...]).trimmed).map { "\(text[..<space]) \($0)" }
          }
        },
        Slip(rule: slip.rule) { text in
          text.lastIndex(where: \.isWhitespace).flatMap { space in
            slip.correct(String(text[..<space]).trimmed).map { "\($0)\(text[space...])" }
          }
        },
      ]
    }

  /// The slips of any value, in a claim's metric, in the number that it is compared with, and in the tolerance.
  static let inClaims: [Slip] = Slip.all.flatMap { slip in
    ([\.right, \.tolerance, \.left] as [WritableKeyPath<ClaimParts, String> & Sendable]).map { part in
      Slip(rule: slip.rule) { text in
        guard var parts = ClaimParts(text), let meant = slip.correct(parts[keyPath: part]) else { return nil }
        parts[keyPath: part] = meant
        return parts.text
      }
    }
  }

  private static let plusMinus = Pattern(
    /(.*?\S)\s*(?:\+-|-\+|-\/\+|\+\/−|\+\\-|\\pm|pm|plus or minus|plus\/minus|within|tolerance|tol|∓|~)\s*(\S+)/)

  private static let mirrored = ["<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="]

  /// A way of writing the sign `right` that is not the language's.
  static func sign(_ wrong: String, meaning right: String) -> Slip {
    Slip(rule: "there is no sign \"\(wrong)\"") { text in
      guard let range = text.firstRange(of: wrong) else { return nil }
      let (before, after) = (text[..<range.lowerBound], text[range.upperBound...])
      // A word is a sign only where it stands alone.
      if wrong.first?.isLetter == true, before.last?.isWhitespace != true || after.first?.isWhitespace != true {
        return nil
      }
      return "\(String(before).trimmed) \(right) \(String(after).trimmed)"
    }
  }
}

/// A claim's text at its sign and its plus-minus, each with the white space around it.
private struct ClaimParts {
  var left = ""
  var sign = ""
  var right = ""
  var plusMinus = ""
  var tolerance = ""

  var text: String { left + sign + right + plusMinus + tolerance }

  /// The parts of `text`; nil where it has no sign.
  init?(_ text: String) {
    let words = ClaimOperator.all.map(\.sign).filter { $0.first?.isLetter == true }
    guard
      let place = text.firstRange(of: /[<>=][<>=\s]*/)
        ?? words.lazy.compactMap({ text.firstRange(of: " \($0) ") }).first
    else { return nil }
    let rest = text[place.upperBound...]
    left = String(text[..<place.lowerBound]).trimmed
    sign = " \(String(text[place]).trimmed) "
    right = String(rest)
    if let range = rest.firstRange(of: "+/-") ?? rest.firstRange(of: "±") {
      right = String(rest[..<range.lowerBound]).trimmed
      plusMinus = " +/- "
      tolerance = String(rest[range.upperBound...]).trimmed
    }
  }
}
