import NbrunNumberTexts

// Numbers as they are written by hand, in other countries and in other languages.
extension Slip {
  static let numbers: [Slip] = [
    Slip(rule: "a minus sign is the hyphen on the keyboard") { text in
      String(text.map { "−–—‒﹣－".contains($0) ? "-" : $0 })
    },
    Slip(rule: "digits are 0 to 9") { text in
      // Full-width and other digits; superscripts are no digits but powers.
      String(text.map { $0.isASCII ? $0 : $0.isNumber && !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains($0) ? $0.asciiDigit ?? $0 : $0 })
    },
    Slip(rule: "a power of ten is written with e") {
      [
        pattern = Pattern(#/(?:([-+]?[\d.]+)\s*[×x*·⋅]\s*)?10\s*(\^|\*\*)?\s*\{?([-+−]?\d+)\}?/#),
        pattern2 = Pattern(#/([-+]?[\d.]+)\s*(?:[dD]|[eE]\s|\s[eE]|[eE]\^)\s*([-+−]?\d+)/#)
      ] text in
      let plain = String(text.map { superscripts[$0] ?? $0 })
      let isRaised = plain != text
      return pattern.whole(plain).flatMap {
        match in
        guard match.2 != nil || isRaised else { return nil }
        return "\(match.1 ?? "1")e\(match.3.replacing("−", with: "-"))"
      } ?? pattern2.whole(plain).map { match in "\(match.1)e\(match.2.replacing("−", with: "-"))" }
    },
    Slip(rule: "a number has a digit before its point") { [pattern = Pattern(#/(^|[^\d.\w])\.(\d)/#)] text in
      pattern.replacing(in: text) { "\($0.1)0.\($0.2)" }
    },
    Slip(rule: "a number has a digit behind its point") { [pattern = Pattern(#/(\d)\.(?=$|[^\d.\w])/#)] text in
      pattern.replacing(in: text) { "\($0.1).0" }
    },
    Slip(rule: "a number has no plus sign before it") { [pattern = Pattern(#/(^|[\[,\s])\+(?=[\d.])/#)] text in
      pattern.replacing(in: text) { "\($0.1)" }
    },
    Slip(rule: "a number does not begin with 0") { [pattern = Pattern(#/(^|[\[,\s-])0+(?=[1-9])/#)] text in
      pattern.replacing(in: text) { "\($0.1)" }
    },
    Slip(rule: "a percentage is written as a fraction") {
      [pattern = Pattern(#/([-+]?[\d.]+)\s*(?:%|％|percent|per cent|pct)/#)] text in
      pattern.whole(text).flatMap { match in Double(match.1).map { plain($0 / 100) } }
    },
    Slip(rule: "digits are not grouped") {
      [
        pattern = Pattern(#/[-+]?[1-9]\d{0,2}(?:[,_'’   ]\d{3})+(?:\.\d+)?/#),
        pattern2 = Pattern(#/[-+]?\d+(?:_\d+)+(?:\.\d+)?/#)
      ] text in
      guard pattern.whole(text) != nil || pattern2.whole(text) != nil else { return nil }
      return String(text.filter { !",_'’   ".contains($0) })
    },
    Slip(rule: "digits are not grouped") { [pattern = Pattern(#/[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,}/#)] text in
      pattern.whole(text).map { _ in text.replacing(".", with: "") }
    },
    Slip(rule: "the decimal sign is a point") { [pattern = Pattern(#/([-+]?\d+),(\d+(?:[eE][-+]?\d+)?)/#)] text in
      pattern.whole(text).map { "\($0.1).\($0.2)" }
    },
    Slip(rule: "a whole number is written in digits alone") { text in
      guard let number = Double(text), let whole = Int(exactly: number) else { return nil }
      // A number that is too small to be one becomes 0.
      if whole == 0, text.prefix(while: { $0 != "e" && $0 != "E" }).contains(where: { "123456789".contains($0) }) {
        return nil
      }
      return String(whole)
    },
    Slip(rule: "a whole number has no point") { [pattern = Pattern(#/(\d)\.0+(?![\d.eE])/#)] text in
      pattern.replacing(in: text) { "\($0.1)" }
    },
    Slip(rule: "a value is a number, not a calculation") {
      [pattern = Pattern(#/\(?\s*([\d.eE-]+)\s*(\/|\*\*|\^|\*|×|·|\+|-|÷)\s*([\d.eE-]+)\s*\)?/#)] text in
      pattern.whole(text).flatMap { match in
        guard let left = Double(match.1), let right = Double(match.3) else { return nil }
        return value(of: String(match.2), left, right).flatMap { $0.isFinite ? plain($0) : nil }
      }
    },
    Slip(rule: "a value is a plain number") { [pattern = Pattern(#/([\d.]+)\s*([kKM])/#)] text in
      pattern.whole(text).flatMap { match in Double(match.1).map { plain($0 * (match.2 == "M" ? 1e6 : 1e3)) } }
    },
    Slip(rule: "a value is written in tens") {
      [pattern = Pattern(#/0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]([0-7]+))/#)] text in
      pattern.whole(text).flatMap { match in
        let digits = match.1.map { ($0, 16) } ?? match.2.map { ($0, 2) } ?? match.3.map { ($0, 8) }
        return digits.flatMap { Int($0.0, radix: $0.1) }.map { String($0) }
      }
    },
    Slip(rule: "a value has no unit") { [pattern = Pattern(#/([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*([A-Za-zµ°]+)/#)] text in
      // Minutes, hours and thousandths would be another number.
      pattern.whole(text).flatMap { match in
        [
          "ms", "us", "µs", "ns", "m", "min", "mins", "minutes", "minute", "h", "hr", "hours", "hour", "k", "K", "M",
          "G",
        ].contains(String(match.2)) ? nil : String(match.1)
      }
    },
    Slip(rule: "a number is written in digits") { text in
      numberWords.firstIndex(of: text.lowercased()).map { String($0) }
    },
  ]

  static let numberWords = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  private static let superscripts: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]

  private static func value(of sign: String, _ left: Double, _ right: Double) -> Double? {
    switch sign {
    case "/", "÷": left / right
    case "*", "×", "·": left * right
    case "+": left + right
    case "-": left - right
    default: right == right.rounded() && abs(right) <= 64 ? power(left, Int(right)) : nil
    }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    let magnitude = (0..<abs(exponent)).reduce(1.0) { product, _ in product * base }
    return exponent < 0 ? 1 / magnitude : magnitude
  }

  /// The shortest text of a number, a whole one without a point; what arithmetic leaves behind the fifteenth digit is dropped.
  package static func plain(_ number: Double) -> String { pythonGeneral(number, significantDigits: 15) }
}

extension Character {
  /// The digit 0 to 9 that this digit of any script stands for.
  fileprivate var asciiDigit: Character? {
    wholeNumberValue.flatMap { (0...9).contains($0) ? Character("\($0)") : nil }
  }
}
