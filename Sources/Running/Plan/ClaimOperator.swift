import NbrunNotebooks

/// How a claim compares what was measured with its bounds. Parsing, judging, reports and figures derive from this value.
package struct ClaimOperator: Sendable, Equatable {
  /// What stands between the two sides: `<=`.
  package let sign: String
  /// What a figure writes beside the line of each bound. Where there are several bounds, they stand in brackets: `[A, B]`.
  package let lineSigns: [String]
  /// What is wrong with numbers as bounds; nil where they can be claimed.
  var fault: @Sendable (_ bounds: [Double]) -> String? = { _ in nil }
  /// What people write in its place.
  var slips: [Slip] = []
  /// Whether a measured number keeps the claim against the bounds, with a tolerance that is 0 unless the claim has one.
  let holds: @Sendable (_ measured: Double, _ bounds: [Double], _ tolerance: Double) -> Bool

  package static func == (left: ClaimOperator, right: ClaimOperator) -> Bool { left.sign == right.sign }

  /// What stands behind the sign, for messages.
  var form: String { lineSigns.count == 1 ? "A" : "[\("A, B, C, D".prefix(3 * lineSigns.count - 2))]" }
}

extension ClaimOperator {
  /// An operator with one bound, and the signs and words that others use for it.
  init(_ sign: String, mistaken: [String], holds: @escaping @Sendable (Double, Double, Double) -> Bool) {
    let slips = mistaken.map { Slip.sign($0, meaning: sign) }
    self.init(sign: sign, lineSigns: [sign], slips: slips) { holds($0, $1[0], $2) }
  }

  /// Every operator, in the order in which messages list them; where one sign begins another, the longer one is tried first.
  static let all: [ClaimOperator] = [.less, .atMost, .greater, .atLeast, .equal, .interval]

  package static let less = ClaimOperator(
    "<",
    mistaken: [
      "<<", "≪", "＜", "&lt;", "is less than", "less than", "is below", "below", "under", "lt", "smaller than",
    ]
  ) { measured, bound, _ in measured < bound }

  package static let atMost = ClaimOperator(
    "<=", mistaken: ["≤", "=<", "≦", "⩽", "&lt;=", "< =", "is at most", "at most", "lte", "le", "no more than"]
  ) { measured, bound, _ in measured <= bound }

  package static let greater = ClaimOperator(
    ">",
    mistaken: [
      ">>", "≫", "＞", "&gt;", "is greater than", "greater than", "more than", "is above", "above", "over", "exceeds",
      "gt", "larger than",
    ]
  ) { measured, bound, _ in measured > bound }

  package static let atLeast = ClaimOperator(
    ">=", mistaken: ["≥", "=>", "≧", "⩾", "&gt;=", "> =", "is at least", "at least", "gte", "ge", "no less than"]
  ) { measured, bound, _ in measured >= bound }

  /// Equal, within the claim's tolerance.
  package static let equal = ClaimOperator(
    "=", mistaken: ["===", "==", ":=", "≡", "is equal to", "equal to", "equals", "is", "eq", ":"]
  ) { measured, bound, tolerance in measured == bound || abs(measured - bound) <= tolerance }

  /// The signs that have one number behind them.
  static var signs: String { all.filter { $0.lineSigns.count == 1 }.map(\.sign).joined(separator: " ") }
}
