import NbrunJSONValues
import NbrunNumberTexts
import NbrunSteps

/// Numbers as reports show them in tables, where the shortest exact decimal would be too long to read.
package enum NumberText {
  /// `value` with four significant digits: `2.212e-08`, `0.669`, `12`; with more where a published number beside it has more, in full
  /// where it would seem to be on the other side of one of `bounds`, or at it.
  static func short(_ value: MetricValue, beside published: String? = nil, against bounds: [Double] = []) -> String {
    if case .integer(let count) = value { return String(count) }
    let digits = published.map(significantDigits) ?? 4
    var text = pythonGeneral(value.double, significantDigits: digits)
    // With an exponent all digits are shown, so that numbers below each other are aligned.
    if text.contains("e") { text = pythonScientific(value.double, decimals: digits - 1) }
    guard let shown = Double(text) else { return text }
    let isFaithful = bounds.allSatisfy {
      (shown < $0) == (value.double < $0) && (shown > $0) == (value.double > $0)
    }
    return isFaithful ? text : NumberFormat.shortest.text(value)
  }

  /// A published number: as written, but with four significant digits where more would say nothing, and never with more than eight.
  static func short(published text: String, isPrecise: Bool) -> String {
    guard let value = Double(text), text.count > (isPrecise ? 14 : 5) else { return text }
    let shown = short(.double(value), beside: isPrecise ? text : nil)
    // What is almost all or nothing is not rounded to it.
    return shown == "1" || shown == "0" ? text : shown
  }

  /// A bound or a published number in a format: with more digits than it asks for where it would otherwise be no number, as
  /// `> 99.9 %` is none.
  static func exact(_ value: Double, in format: NumberFormat) -> String {
    let text = format.text(.double(value))
    guard let first = text.first, "<>".contains(first) else { return text }
    return pythonGeneral(value * 100, significantDigits: 12) + " %"
  }

  /// How many significant digits a number's text has, as far as readers care: from 4 to 8.
  private static func significantDigits(of text: String) -> Int {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }
    return min(max(digits.count, 4), 8)
  }

  /// A time: `12 ms`, `0.4 s`, `3 min 31 s`, `1 h 12 min`.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "" }
    if seconds < 0.0995 { return "\(max(1, Int((seconds * 1000).rounded()))) ms" }
    if seconds < 9.95 { return pythonFixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// An amount of memory: `510 MB`, `1.2 GB`; units are powers of 1,000.
  static func bytes(_ count: Int) -> String {
    let count = Double(max(count, 0))
    if count < 999.5e6 { return pythonFixed(count / 1e6, decimals: 0) + " MB" }
    return pythonFixed(count / 1e9, decimals: 1) + " GB"
  }
}

extension JSONValue {
  /// The value on one line with spaces after commas; texts of their own without quotation marks.
  var inlineText: String {
    switch self {
    case .string(let text), .number(let text): text
    default: JSONWriter.string(self, layout: .spaced)
    }
  }
}
