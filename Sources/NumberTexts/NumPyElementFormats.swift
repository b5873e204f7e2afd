/// An element type of arrays that can be printed as NumPy prints them.
public protocol NumPyPrintable {
  /// The element alone, as NumPy writes a scalar.
  var numPyScalarText: String { get }

  /// How an array with these elements writes each of them, all in one width.
  static func numPyFormat(for elements: [Self]) -> (Self) -> String
}

extension Double: NumPyPrintable {
  /// The number as Python writes it.
  public var numPyScalarText: String { pythonRepresentation(of: self) }

  /// The shared format of `float64` arrays.
  public static func numPyFormat(for elements: [Double]) -> (Double) -> String {
    RealFormat(for: elements, exponentFrom: 1e8).text
  }
}

extension Float: NumPyPrintable {
  /// The number as NumPy writes a `float32` scalar.
  public var numPyScalarText: String { pythonRepresentation(of: self) }

  /// The shared format of `float32` arrays.
  public static func numPyFormat(for elements: [Float]) -> (Float) -> String {
    RealFormat(for: elements, exponentFrom: 1e6).text
  }
}

extension Int: NumPyPrintable {
  /// The number in decimal digits.
  public var numPyScalarText: String { String(self) }

  /// Every number as wide as the widest.
  public static func numPyFormat(for elements: [Int]) -> (Int) -> String {
    let width = elements.map { String($0).count }.max() ?? 0
    return { String($0).padded(toWidth: width) }
  }
}

extension Bool: NumPyPrintable {
  /// `True` or `False`.
  public var numPyScalarText: String { self ? "True" : "False" }
  /// `True` as wide as `False`.
  public static func numPyFormat(for elements: [Bool]) -> (Bool) -> String { { $0 ? " True" : "False" } }
}

/// The format that the numbers of one array share: with or without an exponent, and how many digits on either side of the point.
private struct RealFormat<Scalar: BinaryFloatingPoint & LosslessStringConvertible> {
  /// The most digits after the point.
  private static var precision: Int { 8 }

  private var hasExponent = false
  private var exponentWidth = 0
  private var wholeWidth = 0
  private var fractionWidth = 0

  /// The format for `elements`; numbers from `limit` on need an exponent.
  init(for elements: [Scalar], exponentFrom limit: Scalar) {
    let finite = elements.filter(\.isFinite)
    let magnitudes = finite.map(\.magnitude).filter { $0 != 0 }
    if let largest = magnitudes.max(), let smallest = magnitudes.min() {
      hasExponent = largest >= limit || smallest < 0.0001 || largest / smallest > 1000
    }
    for value in finite {
      let digits = hasExponent ? Self.mantissaDigits(of: value) : Self.positionalDigits(of: value)
      if hasExponent {
        wholeWidth = max(wholeWidth, digits.mantissaWholePart.count)
        fractionWidth = max(fractionWidth, digits.mantissaFractionDigitCount)
        exponentWidth = max(exponentWidth, String(abs(digits.exponent)).count, 2)
      } else {
        wholeWidth = max(wholeWidth, digits.wholePart.count)
        fractionWidth = max(fractionWidth, digits.fractionDigitCount)
      }
    }
    for value in elements where !value.isFinite {
      wholeWidth = max(wholeWidth, (nonFiniteName(of: value) ?? "").count - afterWholeWidth)
    }
  }

  /// The width of the point and what follows it.
  private var afterWholeWidth: Int { 1 + fractionWidth + (hasExponent ? 2 + exponentWidth : 0) }

  /// `value` in the array's format.
  func text(_ value: Scalar) -> String {
    if let name = nonFiniteName(of: value) { return name.padded(toWidth: wholeWidth + afterWholeWidth) }
    if hasExponent {
      // Exact digits, not the shortest padded with zeros: a float32 shows what lies beyond its own.
      let digits = DecimalDigits(Double(value), significantDigits: fractionWidth + 1)
      let fraction = digits.mantissaFractionPart.filled(toWidth: fractionWidth, with: "0")
      let whole = digits.mantissaWholePart.padded(toWidth: wholeWidth)
      return "\(whole).\(fraction)\(digits.exponentPart(width: exponentWidth))"
    }
    let digits = Self.positionalDigits(of: value)
    let fraction = digits.fractionPart.filled(toWidth: fractionWidth, with: " ")
    return "\(digits.wholePart.padded(toWidth: wholeWidth)).\(fraction)"
  }

  /// The shortest digits, or the exact ones rounded where the shortest are too many.
  private static func positionalDigits(of value: Scalar) -> DecimalDigits {
    let shortest = DecimalDigits(shortest: value)
    return shortest.fractionDigitCount <= precision ? shortest : DecimalDigits(Double(value), fractionDigits: precision)
  }

  private static func mantissaDigits(of value: Scalar) -> DecimalDigits {
    let shortest = DecimalDigits(shortest: value)
    return shortest.mantissaFractionDigitCount <= precision
      ? shortest : DecimalDigits(Double(value), significantDigits: precision + 1)
  }
}

extension String {
  /// The string with spaces before it, at least `width` characters long.
  fileprivate func padded(toWidth width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  /// The string with `filler` after it, at least `width` characters long.
  fileprivate func filled(toWidth width: Int, with filler: Character) -> String {
    self + String(repeating: filler, count: max(0, width - count))
  }
}
