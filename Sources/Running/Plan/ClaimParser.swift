import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

/// Reads the text of `expect:` and `reference:` entries.
struct ClaimParser {
  private let value: CellValue
  private var rest: Substring

  private init(_ value: CellValue) {
    self.value = value
    rest = value.text[...]
  }

  /// `METRIC OP NUMBER`, `METRIC OP CELL.METRIC`, each with `+/- TOLERANCE` after `=`.
  /// - Throws: what is wrong with it, and what was probably meant.
  static func claim(_ value: CellValue, explains: Bool = true) throws(Diagnostic) -> Claim {
    do { return try strictClaim(value) } catch {
      let advice = ClaimAdvice { (try? strictClaim(CellValue($0, at: value.range.start))) != nil }
      guard explains, let (message, place) = advice.advice(for: value.text) else { throw error }
      throw .error(message, at: value.range(of: place))
    }
  }

  private static func strictClaim(_ value: CellValue) throws(Diagnostic) -> Claim {
    var parser = ClaimParser(value)
    let metric = try parser.metric()
    let comparison = try parser.comparison()
    let bound = try parser.bound()
    var tolerance: Double = 0
    if parser.takes("+/-") || parser.takes("±") {
      guard comparison == .equal else { throw Diagnostic.error("only \"=\" takes a tolerance", at: parser.whole) }
      (tolerance, _) = try parser.number("the tolerance")
      if tolerance < 0 { throw Diagnostic.error("a tolerance is not negative", at: parser.whole) }
    }
    try parser.expectEnd()
    let words = value.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Claim(
      metric: metric, comparison: comparison, bound: bound, tolerance: tolerance, text: words, range: value.range)
  }

  /// `METRIC NUMBER`
  static func reference(_ value: CellValue, explains: Bool = true) throws(Diagnostic) -> Reference {
    do { return try strictReference(value) } catch {
      guard explains,
        let (message, place) = Slip.advice(
          for: value.text, among: Slip.ofReferences,
          isRight: { (try? strictReference(CellValue($0, at: value.range.start))) != nil })
      else { throw error }
      throw .error(message, at: value.range(of: place))
    }
  }

  private static func strictReference(_ value: CellValue) throws(Diagnostic) -> Reference {
    var parser = ClaimParser(value)
    let metric = try parser.metric()
    let (number, text) = try parser.number("the published number")
    try parser.expectEnd()
    return Reference(metric: metric, value: number, text: text)
  }

  private static let form = "a claim is METRIC, one of < <= > >= =, and a number or CELL.METRIC"

  private var whole: SourceRange { value.range }
  private mutating func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }

  /// The place of what is left, up to the next white space.
  private var here: SourceRange {
    let offset = value.text.distance(from: value.text.startIndex, to: rest.startIndex)
    let length = rest.prefix { !$0.isWhitespace }.count
    return value.range(ofCharacters: offset..<offset + max(1, length))
  }

  private mutating func word() -> Substring {
    skipSpaces()
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    rest = rest.dropFirst(word.count)
    return word
  }

  private mutating func takes(_ text: String) -> Bool {
    skipSpaces()
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func metric() throws(Diagnostic) -> MetricKey {
    skipSpaces()
    let place = here
    guard let key = MetricKey(String(word())) else { throw .error("the name of a metric is expected here", at: place) }
    return key
  }

  private mutating func comparison() throws(Diagnostic) -> Claim.Comparison {
    for comparison in [Claim.Comparison.atMost, .atLeast, .less, .greater, .equal] where takes(comparison.rawValue) {
      return comparison
    }
    throw .error(Self.form, at: here)
  }

  private mutating func bound() throws(Diagnostic) -> Claim.Bound {
    skipSpaces()
    let place = here
    guard rest.first?.isLetter == true else { return .number(try number("a number or CELL.METRIC").value) }
    let cell = String(word())
    guard takes("."), let id = CellID(cell), let key = MetricKey(String(word())) else {
      throw .error("a number or CELL.METRIC is expected here", at: place)
    }
    return .metric(id, key)
  }

  private mutating func number(_ what: String) throws(Diagnostic) -> (value: Double, text: String) {
    skipSpaces()
    let place = here
    let token = rest.prefix { !$0.isWhitespace && $0 != "±" }
    let text = token.firstRange(of: "+/-").map { token[..<$0.lowerBound] } ?? token
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), let number = Double(text),
      number.isFinite
    else { throw .error("\(what) is expected here", at: place) }
    rest = rest.dropFirst(text.count)
    return (number, String(text))
  }

  private mutating func expectEnd() throws(Diagnostic) {
    skipSpaces()
    if !rest.isEmpty { throw .error("nothing more is expected here", at: here) }
  }
}
