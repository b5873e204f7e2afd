import NbrunPlatform

/// A habit from other languages and from handwriting that a value may have been written by, and what the value should be: how a
/// message about a bad value comes to say what to write. Whether a correction is right is asked of whoever reads the value, so
/// one list serves values of every type, claims and options.
package struct Slip: Sendable {
  /// What the language wants, as the first half of a message.
  package let rule: String
  /// The text without the slip; nil where it does not have it, or where what it stands for cannot be said.
  package let correct: @Sendable (String) -> String?

  package init(rule: String, correct: @escaping @Sendable (String) -> String?) {
    self.rule = rule
    self.correct = correct
  }

  /// Longer texts are mistakes of another kind, and correcting them would take its time.
  package static let longestText = 400

  /// After so many mistakes in a notebook no more are explained.
  package static let mostExplanations = 50

  /// What to write in place of `text`: the first correction, of one slip or of two, that `isRight`; nil where none is.
  ///
  /// `a percentage is written as a fraction; did you mean "0.05"?`
  /// - Parameter requirement: what a text must be that is a value, if it is one and is not that; it is said of the first correction.
  /// - Returns: the message, and which characters of `text` it is about.
  package static func advice(
    for text: String, among slips: [Slip] = all, requirement: (String) -> String? = { _ in nil },
    isRight: (String) -> Bool
  ) -> (message: String, place: Range<Int>)? {
    guard !text.isEmpty, text.utf8.count <= longestText else { return nil }
    func message(_ rule: String, _ meant: String) -> (String, Range<Int>) {
      ("\(rule); did you mean \"\(meant)\"?", differing(text, meant))
    }
    let corrected = slips.compactMap { slip in
      slip.correct(text).flatMap { $0 == text ? nil : (rule: slip.rule, text: $0) }
    }
    if let (rule, meant) = corrected.first(where: { isRight($0.text) }) { return message(rule, meant) }
    for (rule, once) in corrected.prefix(4) {
      for slip in slips where slip.rule != rule {
        if let twice = slip.correct(once), twice != once, isRight(twice) {
          return message("\(rule), and \(slip.rule)", twice)
        }
      }
    }
    for (rule, meant) in corrected {
      guard let requirement = requirement(meant) else { continue }
      return ("\(rule), and \(requirement), which \(meant) is not", differing(text, meant))
    }
    return nil
  }

  /// The characters of `text` that `other` has not, out to the white space around them.
  private static func differing(_ text: String, _ other: String) -> Range<Int> {
    let (text, other) = (Array(text), Array(other))
    var start = zip(text, other).prefix { $0 == $1 }.count
    let shared = zip(text[start...].reversed(), other[start...].reversed()).prefix { $0 == $1 }.count
    var end = text.count - shared
    while start > 0, start == text.count || !text[start].isWhitespace, !text[start - 1].isWhitespace { start -= 1 }
    while end < text.count, !text[end].isWhitespace { end += 1 }
    while start < end - 1, text[start].isWhitespace { start += 1 }
    return start..<max(start + 1, end)
  }

  /// Every slip, the likelier reading of a text before the less likely one.
  package static let all: [Slip] = punctuation + numbers + lists + words

  /// What to say of a word that stands for the lack of a value elsewhere; nil for others.
  package static func adviceOnAbsence(_ text: String) -> String? {
    let words = ["none", "null", "nil", "undefined", "default", "n/a", "auto", "-", "~", "na"]
    return words.contains(text.lowercased())
      ? "\"\(text)\" is no value; the line of a parameter that is to have its default is left out" : nil
  }
}

// MARK: What stands around a value

extension Slip {
  /// A comment behind a value or a claim.
  package static let comment = Slip(rule: "a comment stands on a line of its own") {
    [pattern = Pattern(#/\s+(?:#|\/\/|--\s|;\s|<!--)/#)] text in
    pattern.first(in: text).map { String(text[..<$0.range.lowerBound]) }
  }

  private static let punctuation: [Slip] = [
    comment, Slip(rule: "a value has no quotation marks", correct: withoutQuotationMarks),
    Slip(rule: "the quotation marks in a list are \"") { text in
      text.hasPrefix("[") ? String(text.map { "“”„‟″'‘’`«»".contains($0) ? "\"" : $0 }) : nil
    },
    Slip(rule: "a value stands right behind the colon") { [pattern = Pattern(#/(?::?=|:|->)\s*(.+)/#)] text in
      pattern.whole(text).map { String($0.1) }
    },
    Slip(rule: "nothing stands behind a value") { text in
      guard let last = text.last, ",;.".contains(last) else { return nil }
      let rest = String(text.dropLast()).trimmed
      return last == "." && rest.last?.isNumber == true ? nil : rest
    },
    Slip(rule: "spaces are plain ones") { text in
      String(text.map { $0.isWhitespace ? " " : $0 }.filter { $0 != "\u{200B}" && $0 != "\u{FEFF}" }).trimmed
    },
  ]
}

extension Slip {
  /// What stands between the quotation marks, straight or typographic, that `text` begins and ends with; nil where it does not.
  @Sendable package static func withoutQuotationMarks(_ text: String) -> String? {
    guard text.count > 2, let first = text.first, let last = text.last else { return nil }
    let closing: [Character: String] = [
      "\"": "\"", "'": "'", "`": "`´", "“": "”“", "”": "”", "„": "“”", "‘": "’‘", "’": "’", "‚": "‘’", "«": "»",
      "»": "«", "‹": "›", "″": "″",
    ]
    return closing[first]?.contains(last) == true ? String(text.dropFirst().dropLast()).trimmed : nil
  }
}
