import NbrunNotebooks

/// Says what a claim that cannot be read was probably meant to be.
struct ClaimAdvice {
  /// Whether a text is a claim.
  let isClaim: (String) -> Bool

  /// A message and the characters of `text` that it is about; nil where nothing better is known than that `text` is no claim.
  func advice(for text: String) -> (message: String, place: Range<Int>)? {
    guard text.utf8.count <= Slip.longestText else { return nil }
    let whole = 0..<max(1, text.count)
    if let (first, second) = bothSides(of: text) {
      return ("a claim compares two values; give two lines, \"expect: \(first)\" and \"expect: \(second)\"", whole)
    }
    if let advice = Slip.advice(for: text, among: Slip.ofClaims + Slip.inClaims, isRight: isClaim) { return advice }
    if let match = text.firstMatch(of: /≠|!=|<>|≉|\bis not\b/) {
      return (
        "there is no claim that two numbers differ; say in which direction, with < or >", place(match.range, in: text)
      )
    }
    if let match = text.firstMatch(of: /≈|~=|≃|≅|~/) {
      return (
        "what is nearly equal is claimed with = and a tolerance, as in \"METRIC = NUMBER +/- TOLERANCE\"",
        place(match.range, in: text)
      )
    }
    if let match = text.wholeMatch(of: /\S+\s*(<=|>=|<|>|=)/) {
      return (
        "a number or CELL.METRIC is missing behind \"\(match.1)\"", place(match.1.startIndex..<text.endIndex, in: text)
      )
    }
    if let match = text.wholeMatch(of: /([a-z][a-z0-9-]*)\s+([-+]?[\d.].*)/) {
      return ("a sign is missing between \"\(match.1)\" and \"\(match.2)\": one of \(ClaimOperator.signs)", whole)
    }
    if let match = text.wholeMatch(of: /.*?(?:<=|>=|<|>|=)\s*[-+\d.eE]+\s*([A-Za-zµ]+)/) {
      return ("a claim's number has no unit", place(match.1.startIndex..<match.1.endIndex, in: text))
    }
    let isTolerant = text.contains("+/-") || text.contains("±")
    if !isTolerant, text.contains(where: { "*/()^|".contains($0) }) || text.firstMatch(of: /\s[-+]\s/) != nil {
      return ("a claim compares numbers as they are reported, it does not calculate", whole)
    }
    return nil
  }

  /// The two claims that are meant by a chain, or by claims joined by a word.
  private func bothSides(of text: String) -> (String, String)? {
    func pair(_ first: String, _ second: String) -> (String, String)? {
      isClaim(first) && isClaim(second) ? (first, second) : nil
    }
    if let match = text.wholeMatch(
      of: /([-+.\w]+)\s*(<=|<|≤|>=|>|≥)\s*([a-z][a-z0-9-]*)\s*(<=|<|≤|>=|>|≥)\s*([-+.\w]+)/)
    {
      let signs = ["<": ">", ">": "<", "<=": ">=", ">=": "<=", "≤": ">=", "≥": "<="]
      let second = match.4 == "≤" ? "<=" : match.4 == "≥" ? ">=" : String(match.4)
      return pair("\(match.3) \(signs[String(match.2)] ?? "") \(match.1)", "\(match.3) \(second) \(match.5)")
    }
    if let match = text.wholeMatch(of: /(.+?)\s*(?:\band\b|&&|&|∧|,|;)\s*(.+)/) {
      let metric = text.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
      return pair(String(match.1), String(match.2)) ?? pair(String(match.1), "\(metric) \(match.2)")
    }
    return nil
  }

  private func place(_ range: Range<String.Index>, in text: String) -> Range<Int> {
    let start = text.distance(from: text.startIndex, to: range.lowerBound)
    return start..<max(start + 1, start + text[range].count)
  }
}
