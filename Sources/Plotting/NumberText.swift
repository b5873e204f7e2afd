import NbrunDiagnostics
import NbrunNumberTexts
import NbrunPlatform

/// Numbers as text, the same in every locale.
enum NumberText {
  /// `value` with exactly `decimals` digits after the point, correctly rounded: "0.62".
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard abs(value) < 1e15 else { return special(value) ?? "\(value)" }
    let text = pythonFixed(value, decimals: decimals)
    return text.first == "-" && !text.contains { "1"..."9" ~= $0 } ? String(text.dropFirst()) : text
  }

  /// `value` with `digits` significant digits; whole numbers as they are, very large and small ones with an exponent.
  static func significant(_ value: Double, _ digits: Int = 3) -> String {
    if let special = special(value) { return special }
    if value == value.rounded(), abs(value) < 1e7 { return grouped(fixed(value, 0)) }
    let text = pythonScientific(value, decimals: digits - 1)
    guard let exponent = Int(text.drop { $0 != "e" }.dropFirst()), -3..<7 ~= exponent else { return text }
    return grouped(fixed(value, max(0, digits - 1 - exponent)))
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

  /// A share in percent without zeros at its end: "66.9 %". One that is short of the whole is never "100 %", nor one that is there "0 %".
  static func percent(_ share: Double, _ decimals: Int) -> String {
    trimmed(String(percentText(share, decimals: decimals).dropLast(2))) + " %"
  }

  private static func special(_ value: Double) -> String? {
    value.isFinite ? nil : value.isNaN ? "NaN" : value > 0 ? "infinity" : "-infinity"
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
