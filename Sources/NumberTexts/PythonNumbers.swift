/// `value` as Python's `repr` and `print` write a float: the fewest digits that read back as the same number, `10.0`,
/// `1e-05`, `2.2121476417505994e-08`, `1e+16`, `nan`, `-inf`.
public func pythonRepresentation(of value: Double) -> String { representation(of: value, positionalBelow: 1e16) }

/// `value` as NumPy's `str` writes a `float32` scalar: `0.1`, `16777.216`, `1e+06`.
public func pythonRepresentation(of value: Float) -> String { representation(of: value, positionalBelow: 1e6) }

/// `value` with `decimals` digits after the point, correctly rounded: Python's `'%.3f' % value`, and `'%f'` without `decimals`.
public func pythonFixed(_ value: Double, decimals: Int = 6) -> String {
  nonFiniteName(of: value) ?? printed("%.*f", checked(decimals), value)
}

/// `value` with an exponent and `decimals` digits after the mantissa's point: Python's `'%.3e' % value`.
public func pythonScientific(_ value: Double, decimals: Int = 6) -> String {
  nonFiniteName(of: value) ?? printed("%.*e", checked(decimals), value)
}

/// `value` with `significantDigits` digits, with or without an exponent, without trailing zeros: Python's `'%.3g' % value`.
public func pythonGeneral(_ value: Double, significantDigits: Int = 6) -> String {
  nonFiniteName(of: value) ?? printed("%.*g", checked(significantDigits), value)
}

/// `value` as a percentage for people: `66.9 %`. A share that is short of the whole is never written as 100 %, nor one that is there as
/// 0 %: `> 99.9 %`, `< 0.1 %`.
package func percentText(_ value: Double, decimals: Int) -> String {
  let text = pythonFixed(100 * value, decimals: decimals)
  func unit(_ bound: Double) -> String { pythonFixed(bound, decimals: decimals) + " %" }
  let step = Double("1e-\(decimals)") ?? 0
  if value < 1, value > 0.5, text == pythonFixed(100, decimals: decimals) { return "> " + unit(100 - step) }
  if value > 0, value < 0.5, text == pythonFixed(0, decimals: decimals) { return "< " + unit(step) }
  return text + " %"
}

/// More digits than any `Double` has are no use, and would only cost memory.
private func checked(_ digits: Int) -> Int32 {
  guard 0...1100 ~= digits else { fatalError("a number is printed with 0 to 1100 digits, not \(digits)") }
  return Int32(digits)
}

/// How Python names a number that has no digits; nil for one that has.
func nonFiniteName(of value: some FloatingPoint) -> String? {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  return nil
}

/// The shortest digits of `value`, without an exponent if it is zero or from 0.0001 up to `limit`.
private func representation<Scalar: BinaryFloatingPoint & LosslessStringConvertible>(
  of value: Scalar, positionalBelow limit: Double
) -> String {
  if let name = nonFiniteName(of: value) { return name }
  let digits = DecimalDigits(shortest: value)
  let magnitude = Double(value.magnitude)
  if magnitude == 0 || (magnitude >= 1e-4 && magnitude < limit) {
    let fraction = digits.fractionPart
    return digits.wholePart + "." + (fraction.isEmpty ? "0" : fraction)
  }
  let fraction = digits.mantissaFractionPart
  return digits.mantissaWholePart + (fraction.isEmpty ? "" : "." + fraction) + digits.exponentPart()
}
