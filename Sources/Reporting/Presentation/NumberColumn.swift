import NbrunNumberTexts

/// Numbers below each other, as a table shows them: in one notation, and filled up so that flush right their points are aligned.
enum NumberColumn {
  /// A number as it is written: `< 1.5e-03` is a sign, whole digits, decimals and an exponent.
  private struct Parts {
    var sign: String
    var whole: String
    var decimals: String
    var exponent: String

    init?(_ text: String) {
      var rest = text[...]
      func take(_ isTaken: (Character) -> Bool) -> String {
        let part = rest.prefix(while: isTaken)
        rest = rest[part.endIndex...]
        return String(part)
      }
      func take(_ sign: String) -> String {
        rest.first.map { sign.contains($0) } ?? false ? String(rest.removeFirst()) : ""
      }
      func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

      sign = take { "<>=≠≤≥!".contains($0) }
      if !sign.isEmpty {
        sign += take(" ")
        guard sign.last == " " else { return nil }
      }
      sign += take("-")
      whole = take { isDigit($0) || $0 == "," }
      decimals = take(".")
      if !decimals.isEmpty { decimals += take(isDigit) }
      exponent = take("eE")
      if !exponent.isEmpty {
        exponent += take("+-")
        exponent += take(isDigit)
      }
      guard whole.first.map(isDigit) ?? false, decimals != ".", exponent.isEmpty || exponent.last.map(isDigit) ?? false,
        rest.isEmpty
      else { return nil }
    }

    var text: String { sign + whole + decimals + exponent }
    /// What stands from the point on.
    var tail: Int { decimals.count + exponent.count }
    var value: Double? { Double(whole.replacing(",", with: "") + decimals + exponent) }
  }

  /// The texts of a column, filled up; nil where one of them is neither a number nor empty nor a dash.
  ///
  /// Where some numbers need an exponent, all others get one, but for a single digit, which is the same in both notations, and for
  /// a whole number that would lose digits.
  static func aligned(_ texts: [String]) -> [String]? {
    let parts = texts.map(Parts.init)
    guard zip(texts, parts).allSatisfy({ $1 != nil || $0.isEmpty || $0 == "–" }) else { return nil }
    let scientific = parts.compactMap(\.self).filter { !$0.exponent.isEmpty }
    let decimals = scientific.map { max(0, $0.decimals.count - 1) }.max()
    let shown = parts.map { parts -> Parts? in
      guard let parts, let decimals, parts.exponent.isEmpty, let value = parts.value, value != 0 else { return parts }
      // As many digits as it has, but no more than the others.
      var digits = (parts.whole + parts.decimals).filter(\.isNumber).drop { $0 == "0" }
      if parts.decimals.isEmpty {
        digits.removeLast(digits.reversed().prefix { $0 == "0" }.count)
        guard parts.whole.count > 1, digits.count - 1 <= decimals else { return parts }
      }
      return Parts(parts.sign + pythonScientific(value, decimals: min(decimals, max(0, digits.count - 1))))
    }
    let tail = shown.compactMap { $0?.tail }.max() ?? 0
    return zip(texts, shown).map { text, parts in
      guard let parts else { return text + String(repeating: "\u{A0}", count: text.isEmpty ? 0 : tail) }
      return parts.text + String(repeating: "\u{A0}", count: tail - parts.tail)
    }
  }
}

/// The columns of a table of metrics, as their rows show them.
struct MetricColumns {
  let measured: [String]
  let claims: [String]
  let published: [String]
  /// Whether anything is claimed and published, so that there are columns for it.
  let (hasClaims, hasReferences): (Bool, Bool)

  init(_ rows: [MetricRow]) {
    func column(_ text: (MetricRow) -> String?, missing: String = "") -> [String] {
      let texts = rows.map { text($0) ?? missing }
      return NumberColumn.aligned(texts) ?? texts
    }
    measured = column(\.measured, missing: "–")
    claims = column(\.claim)
    published = column(\.shortReference)
    (hasClaims, hasReferences) = (rows.contains { $0.claim != nil }, rows.contains { $0.reference != nil })
  }
}
