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

  /// `METRIC OP NUMBER`, `METRIC OP CELL.METRIC`, each with `+/- TOLERANCE` after `=`; several bounds as `METRIC OP [A, B]`.
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
    let bounds = try parser.bounds(of: comparison)
    var tolerance: Double = 0
    if parser.takes("+/-") || parser.takes("±") {
      guard comparison == .equal else { throw Diagnostic.error("only \"=\" takes a tolerance", at: parser.whole) }
      (tolerance, _) = try parser.number("the tolerance")
      if tolerance < 0 { throw Diagnostic.error("a tolerance is not negative", at: parser.whole) }
    }
    try parser.expectEnd()
    let words = value.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Claim(
      metric: metric, comparison: comparison, bounds: bounds, tolerance: tolerance, text: words, range: value.range)
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

  private static let form =
    "a claim is METRIC, one of \(ClaimOperator.signs), and a number or CELL.METRIC"
    + ClaimOperator.all.filter { $0.lineSigns.count > 1 }.map { ", or METRIC \($0.sign) \($0.form)" }.joined()

  private var whole: SourceRange { value.range }
  private mutating func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }

  /// The place of what is left, up to the next white space, comma or bracket.
  private var here: SourceRange {
    let offset = value.text.distance(from: value.text.startIndex, to: rest.startIndex)
    let length = rest.prefix { !$0.isWhitespace && !",]".contains($0) }.count
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
    let behind = rest.dropFirst(text.count)
    // A word is not the beginning of another.
    guard rest.hasPrefix(text), text.last?.isLetter != true || behind.first?.isLetter != true else { return false }
    rest = behind
    return true
  }

  private mutating func metric() throws(Diagnostic) -> MetricKey {
    skipSpaces()
    let place = here
    guard let key = MetricKey(String(word())) else { throw .error("the name of a metric is expected here", at: place) }
    return key
  }

  private mutating func comparison() throws(Diagnostic) -> ClaimOperator {
    for comparison in ClaimOperator.all.sorted(by: { $0.sign.count > $1.sign.count }) where takes(comparison.sign) {
      return comparison
    }
    throw .error(Self.form, at: here)
  }

  private mutating func bounds(of comparison: ClaimOperator) throws(Diagnostic) -> [Claim.Bound] {
    guard comparison.lineSigns.count > 1 else { return [try bound()] }
    var bounds: [Claim.Bound] = []
    for mark in ["["] + Array(repeating: ",", count: comparison.lineSigns.count - 1) + ["]"] {
      skipSpaces()
      let place = here
      guard takes(mark) else {
        throw .error("\"\(mark)\" is expected here: METRIC \(comparison.sign) \(comparison.form)", at: place)
      }
      if mark != "]" { bounds.append(try bound()) }
    }
    let numbers = bounds.compactMap { if case .number(let number) = $0 { number } else { nil } }
    if numbers.count == bounds.count, let fault = comparison.fault(numbers) { throw .error(fault, at: whole) }
    return bounds
  }

  private mutating func bound() throws(Diagnostic) -> Claim.Bound {
    skipSpaces()
    let place = here
    guard rest.first?.isLetter == true else { return .number(try number("a number or CELL.METRIC").value) }
    let cell = String(word())
    guard takes(".") else {
      let isNumber = ["nan", "inf", "infinity", "null", "none", "true", "false", "zero"].contains(cell.lowercased())
      throw .error(
        isNumber
          ? "a claim compares with a finite number or with CELL.METRIC"
          : "a metric to compare with is written CELL.METRIC, with the id of its cell: CELL.\(cell)", at: place)
    }
    guard let id = CellID(cell), let key = MetricKey(String(word())) else {
      throw .error("a number or CELL.METRIC is expected here", at: place)
    }
    return .metric(id, key)
  }

  private mutating func number(_ what: String) throws(Diagnostic) -> (value: Double, text: String) {
    skipSpaces()
    let place = here
    let token = rest.prefix { !$0.isWhitespace && !"±,]".contains($0) }
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
