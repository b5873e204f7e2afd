import NbrunPlatform

/// Where and how a figure differs from the one that was expected.
package struct FigureDifference: Sendable, Equatable, CustomStringConvertible {
  /// Where: "panel 2, series 'validation', y 7".
  package var place: String
  package var expected: String
  package var found: String

  package var description: String { "\(place): expected \(expected), got \(found)" }
}

extension Figure {
  /// How the data of this figure differ from those of `expected`: for each list of numbers the first one that does, counted from 0.
  ///
  /// Numbers are the same when they differ by at most `absolute` or by at most `relative` times the greater
  /// magnitude; NaN is the same as NaN.
  package func differences(from expected: Figure, relative: Double = 0, absolute: Double = 0) -> [FigureDifference] {
    var comparison = Comparison(relative: relative, absolute: absolute)
    comparison.compare("title", expected.title, title)
    let (old, new) = (expected.content.kind, content.kind)
    if type(of: old) == type(of: new) {
      comparison.compare("", old, new)
    } else {
      comparison.compare("kind of figure", "\(type(of: old))", "\(type(of: new))")
    }
    return comparison.differences
  }

  /// Whether both hold the same data, NaN equal to NaN.
  public static func == (left: Figure, right: Figure) -> Bool { right.differences(from: left).isEmpty }
}

private struct Comparison {
  var relative: Double
  var absolute: Double
  var differences: [FigureDifference] = []

  /// Compares two values of one type, whatever it is, part by part.
  mutating func compare(_ place: String, _ expected: Any, _ found: Any) {
    switch (expected, found) {
    case (let left as [Double], let right as [Double]): numbers(place, left, right)
    case (let left as [Int], let right as [Int]): numbers(place, left.map(Double.init), right.map(Double.init))
    case (let left as Data, let right as Data): numbers(place, left.map(Double.init), right.map(Double.init))
    case (let left as [Any], let right as [Any]):
      note("\(place), length", left.count, right.count)
      let item = Self.item(of: place)
      for (index, (left, right)) in zip(left, right).enumerated() {
        let name = Mirror(reflecting: left).children.first { $0.label == "name" }?.value as? String ?? ""
        compare(name.isEmpty ? "\(item) \(index)" : "\(item) '\(name)'", left, right)
      }
    case (let left as Double, let right as Double): if !isSame(left, right) { note(place, left, right) }
    case (let left as String, let right as String): note(place, "'\(left)'", "'\(right)'")
    default:
      let (left, right) = (Mirror(reflecting: expected).children, Mirror(reflecting: found).children)
      guard !left.isEmpty, left.map(\.label) == right.map(\.label) else { return note(place, expected, found) }
      for (left, right) in zip(left, right) {
        let part = left.label.map { $0 == "some" ? [] : [$0] } ?? []
        compare(([place] + part).filter { !$0.isEmpty }.joined(separator: ", "), left.value, right.value)
      }
    }
  }

  /// What one of several is called: `panel` of `panels`.
  private static func item(of place: String) -> String {
    place.hasSuffix("series") || !place.hasSuffix("s") ? place : String(place.dropLast())
  }

  /// Notes two values whose texts are not the same.
  private mutating func note(_ place: String, _ expected: Any, _ found: Any) {
    let (expected, found) = ("\(expected)", "\(found)")
    if expected != found { differences.append(FigureDifference(place: place, expected: expected, found: found)) }
  }

  /// The first of two lists' numbers that are not the same, or their lengths.
  private mutating func numbers(_ place: String, _ expected: [Double], _ found: [Double]) {
    if let index = zip(expected, found).enumerated().first(where: { !isSame($0.element.0, $0.element.1) })?.offset {
      note("\(Self.item(of: place)) \(index)", expected[index], found[index])
    } else {
      note("\(place), length", expected.count, found.count)
    }
  }

  private func isSame(_ left: Double, _ right: Double) -> Bool {
    if left == right || (left.isNaN && right.isNaN) { return true }
    guard left.isFinite, right.isFinite else { return false }
    let distance = abs(left - right)
    return distance <= absolute || distance <= relative * max(abs(left), abs(right))
  }
}
