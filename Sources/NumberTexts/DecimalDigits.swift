import NbrunPlatform

/// The decimal digits of a finite number: its magnitude is 0.d₁d₂d₃… × 10^`pointPosition`.
struct DecimalDigits: Equatable {
  /// Whether a minus sign stands before it; also of negative zero.
  var isNegative: Bool
  /// The ASCII digits, without zeros at either end; empty for zero.
  var digits: [UInt8]
  /// How many digits stand before the decimal point; negative when zeros follow the point.
  var pointPosition: Int

  /// The fewest digits that read back as exactly `value`, which must be finite.
  init(shortest value: some BinaryFloatingPoint & LosslessStringConvertible) {
    // Swift's own description has these digits, in its own layout.
    self.init(parsing: String(value))
  }

  /// The exact value rounded to `fractionDigits` digits after the decimal point, ties to even.
  init(_ value: Double, fractionDigits: Int) { self.init(parsing: printed("%.*f", Int32(fractionDigits), value)) }

  /// The exact value rounded to `significantDigits` digits, ties to even.
  init(_ value: Double, significantDigits: Int) {
    self.init(parsing: printed("%.*e", Int32(significantDigits - 1), value))
  }

  /// The digits of a number written like `-12.5` or `3.1e-05`.
  private init(parsing text: String) {
    let parts = text.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    isNegative = text.hasPrefix("-")
    digits = parts[0].utf8.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let wholeDigits = (parts[0].utf8.firstIndex(of: UInt8(ascii: ".")) ?? parts[0].utf8.endIndex)
    pointPosition = parts[0].utf8.distance(from: parts[0].utf8.startIndex, to: wholeDigits) - (isNegative ? 1 : 0)
    pointPosition += exponent
    trim()
  }

  /// Drops the zeros at both ends.
  private mutating func trim() {
    let zero = UInt8(ascii: "0")
    while digits.last == zero { digits.removeLast() }
    let leading = digits.prefix { $0 == zero }.count
    digits.removeFirst(leading)
    pointPosition = digits.isEmpty ? 1 : pointPosition - leading
  }

  /// The number of digits after the decimal point when no exponent is written.
  var fractionDigitCount: Int { max(0, digits.count - pointPosition) }
  /// The number of digits after the first one, as an exponent is written behind.
  var mantissaFractionDigitCount: Int { max(0, digits.count - 1) }
  /// The power of ten that is written behind a mantissa with one digit before its point.
  var exponent: Int { digits.isEmpty ? 0 : pointPosition - 1 }

  /// The sign and the digits before the decimal point, at least one.
  var wholePart: String {
    let whole = (0..<max(pointPosition, 0)).map { $0 < digits.count ? digits[$0] : UInt8(ascii: "0") }
    let magnitude = pointPosition > 0 && !digits.isEmpty ? String(decoding: whole, as: UTF8.self) : "0"
    return sign + magnitude
  }

  /// The digits after the decimal point, perhaps none.
  var fractionPart: String {
    guard !digits.isEmpty else { return "" }
    let zeros = String(repeating: "0", count: max(0, -pointPosition))
    return zeros + String(decoding: digits.dropFirst(max(0, pointPosition)), as: UTF8.self)
  }

  /// The mantissa's digit before the point, with the sign.
  var mantissaWholePart: String { sign + (digits.isEmpty ? "0" : String(decoding: digits.prefix(1), as: UTF8.self)) }
  /// The mantissa's digits after the point, perhaps none.
  var mantissaFractionPart: String { String(decoding: digits.dropFirst(), as: UTF8.self) }

  /// The exponent as it is written: `e`, a sign, and at least `width` digits.
  func exponentPart(width: Int = 2) -> String {
    let magnitude = String(abs(exponent))
    let padding = String(repeating: "0", count: max(0, width - magnitude.count))
    return "e\(exponent < 0 ? "-" : "+")\(padding)\(magnitude)"
  }

  private var sign: String { isNegative ? "-" : "" }
}

/// What C's `printf` makes of `value` with a format that takes a precision, such as `%.*f`.
func printed(_ format: String, _ precision: Int32, _ value: Double) -> String {
  withVaList([precision, value]) { arguments in
    // The longest Double has 309 digits before the point.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 320 + Int(precision)) { buffer in
      let length = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
      return String(decoding: UnsafeRawBufferPointer(buffer).prefix(Int(length)), as: UTF8.self)
    }
  }
}
