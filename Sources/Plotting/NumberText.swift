import NbrunDiagnostics
import NbrunPlatform

/// Numbers as text, the same in every locale.
enum NumberText {
  /// `value` with exactly `decimals` digits after the point, rounded to the nearest: "0.62".
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scaled = (abs(value) * power(decimals)).rounded()
    guard scaled < 1e15 else { return special(value) ?? "\(value)" }
    var digits = String(Int64(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled > 0 ? "-" + digits : digits
  }

  /// `value` with `digits` significant digits; whole numbers as they are, very large and small ones with an exponent.
  static func significant(_ value: Double, _ digits: Int = 3) -> String {
    if let special = special(value) { return special }
    if value == value.rounded(), abs(value) < 1e7 { return grouped(fixed(value, 0)) }
    let exponent = decimalExponent(value, digits: digits)
    if (-3..<7).contains(exponent) { return grouped(fixed(value, max(0, digits - 1 - exponent))) }
    // Divided in two steps: 10 to the 308th times anything more would overflow.
    let mantissa = value / power(exponent - exponent / 2) / power(exponent / 2)
    let sign = exponent < 0 ? "-" : "+"
    return "\(fixed(mantissa, digits - 1))e\(sign)\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
  }

  /// `value` as in `significant`, without zeros at the end of its decimals.
  static func short(_ value: Double, _ digits: Int = 3) -> String { trimmed(significant(value, digits)) }
  /// `value` as in `short`, without commas, for programs to read.
  static func plain(_ value: Double, _ digits: Int) -> String { short(value, digits).replacing(",", with: "") }

  /// A coordinate: one decimal at most. Drawings write thousands, so this takes no detour.
  static func coordinate(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard abs(tenths) < 1e9 else { return trimmed(fixed(value, 1)) }
    let (whole, part) = Int(abs(tenths)).quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (part > 0 ? "." + String(part) : "")
  }

  /// Ten to the given power, exact where a Double can be.
  static func power(_ exponent: Int) -> Double {
    exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
  }

  /// A share in percent without zeros at its end: "66.9 %". One that is short of the whole is never "100 %", nor one that is there "0 %".
  static func percent(_ share: Double, _ decimals: Int) -> String {
    let text = trimmed(fixed(share * 100, decimals)) + " %"
    if share < 1, text == "100 %" { return "> " + fixed(100 - 1 / power(decimals), decimals) + " %" }
    if share > 0, text == "0 %" { return "< " + fixed(1 / power(decimals), decimals) + " %" }
    return text
  }

  private static func special(_ value: Double) -> String? {
    value.isFinite ? nil : value.isNaN ? "NaN" : value > 0 ? "infinity" : "-infinity"
  }

  /// The power of ten of the leading digit after rounding to `digits` significant ones.
  private static func decimalExponent(_ value: Double, digits: Int) -> Int {
    let exponent = Int(log10(abs(value)).rounded(.down))
    let leading = abs(value) / power(exponent - exponent / 2) / power(exponent / 2)
    return (leading * power(digits - 1)).rounded() >= power(digits) ? exponent + 1 : exponent
  }

  /// `text` without zeros at the end of its decimals, before an exponent too.
  static func trimmed(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    let end = text.firstIndex(of: "e") ?? text.endIndex
    var digits = text[..<end]
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return String(digits + text[end...])
  }

  /// Commas between thousands in numbers of five digits and more.
  private static func grouped(_ text: String) -> String {
    let end = text.firstIndex(of: ".") ?? text.endIndex
    guard let whole = Int(text[..<end]), abs(whole) >= 10_000 else { return text }
    return whole.grouped + text[end...]
  }
}

extension Axis {
  /// A value of this axis as prose and labels show it: "66.9 %", "2.1 ms".
  func text(_ value: Double) -> String {
    switch notation {
    case .percent where value.isFinite: return NumberText.percent(value, 1)
    default: return NumberText.short(value) + (unit.map { " " + $0 } ?? "")
    }
  }
}
