import Running
import Steps

/// Holds what a report says of one cell against what it says of it elsewhere: checks that need no run, and so are made of every cell.
struct InnerConsistency {
  /// The cell as the report tells of it, its claims judged by the report's own numbers.
  let told: CellRecord
  let said: ResultsFile.Cell

  /// What does not agree: what of the cell, what is wrong with it, what the report has, what should stand there.
  struct Fault: Equatable {
    var subject: String
    var message: String
    var expected: String?
    var got: String?
    /// The claim that it is about.
    var claim: Claim?
  }

  /// What does not agree.
  var faults: [Fault] { verdicts + undeclared + summaries + lines }

  // MARK: Claims

  private var verdicts: [Fault] {
    zip(said.claims, told.claims).compactMap { said, judged in
      guard said.claim == judged.claim.text, said.status != judged.status else { return nil }
      let number = judged.measured.map(NumberFormat.shortest.text)
      return Fault(
        subject: "claim \(said.claim)",
        message: "is said to be \(said.status.rawValue), but the report's own number says otherwise",
        expected: said.status.rawValue,
        got: [judged.status.rawValue, number.map { "(\($0))" }].compactMap(\.self).joined(separator: " "),
        claim: judged.claim)
    }
  }

  // MARK: Numbers

  /// What a cell that succeeded promised to report and what the report shows, where these are not the same.
  private var undeclared: [Fault] {
    guard case .succeeded(let results) = told.outcome else { return [] }
    func faults(_ what: String, declared: some Sequence<MetricKey>, shown: some Sequence<MetricKey>) -> [Fault] {
      let (declared, shown) = (Set(declared), Set(shown))
      return declared.subtracting(shown).sorted().map { Fault(subject: "\(what) \($0)", message: "is missing") }
        + shown.subtracting(declared).sorted().map { Fault(subject: "\(what) \($0)", message: "is none of its step's") }
    }
    return faults("metric", declared: told.metricKinds.keys, shown: results.metrics.keys)
      + faults("series", declared: told.seriesKinds.keys, shown: results.series.keys)
  }

  private var summaries: [Fault] {
    guard let results = told.outcome.results else { return [] }
    return told.summaries.sorted { $0.key < $1.key }.compactMap { key, summary in
      guard let number = results.metrics[key], let values = results.series[summary.series],
        !summary.holds(number, of: values)
      else { return nil }
      return Fault(
        subject: "metric \(key)", message: "is not the \(summary.value) value of the series \(summary.series)",
        got: NumberFormat.shortest.text(number))
    }
  }

  // MARK: Lines

  /// The first line of each series that shows none of its values, where the others do: each line shows the newest value of its
  /// series, so the lines show values in their order.
  private var lines: [Fault] {
    guard let results = told.outcome.results else { return [] }
    var places: [MetricKey: Int] = [:]
    var found: Set<MetricKey> = []
    var wrong: [MetricKey: String] = [:]
    for case .seriesLine(let key, let text) in results.output where wrong[key] == nil {
      let values = results.series[key] ?? []
      // The newest value stands last where a line shows several; a stranger's line may hold any number of them.
      let numbers = ShownNumber.all(in: text).suffix(64)
      if let place = (places[key, default: 0]..<values.count).first(where: { index in
        numbers.contains { $0.shows(values[index].double) }
      }) {
        places[key] = place + 1
        found.insert(key)
      } else {
        wrong[key] = text
      }
    }
    return wrong.filter { found.contains($0.key) }.sorted { $0.key < $1.key }.map { key, text in
      Fault(
        subject: "a line of the output", message: "shows no value of the series \(key) that it could show",
        got: quoted(text.hasSuffix("\n") ? String(text.dropLast()) : text))
    }
  }
}

/// A number as a printed line shows it: so many digits of it.
struct ShownNumber {
  /// The number that stands there.
  let value: Double
  /// What the last digit that is shown is worth.
  let unit: Double

  static func all(in text: String) -> [ShownNumber] {
    var numbers: [ShownNumber] = []
    var word: [UInt8] = []
    func flush() {
      if let number = ShownNumber(String(decoding: word, as: UTF8.self)) { numbers.append(number) }
      word = []
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): word.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        if word.last != UInt8(ascii: "e") { flush() }
        word.append(byte)
      case UInt8(ascii: "e") where !word.isEmpty: word.append(byte)
      default: flush()
      }
    }
    flush()
    if text.contains("nan") || text.contains("NaN") { numbers.append(ShownNumber(value: .nan, unit: 0)) }
    if text.contains("inf") { numbers += [.infinity, -.infinity].map { ShownNumber(value: $0, unit: 0) } }
    return numbers
  }

  private init(value: Double, unit: Double) {
    self.value = value
    self.unit = unit
  }

  private init?(_ text: String) {
    var text = text[...]
    while let last = text.last, !last.isNumber, last != "." { text.removeLast() }
    guard let value = Double(text.hasSuffix(".") ? text + "0" : text) else { return nil }
    let parts = text.split(separator: "e", maxSplits: 1)
    let decimals = parts.first?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    let exponent = parts.count > 1 ? min(400, max(-400, Int(parts[1]) ?? 0)) : 0
    self.init(value: value, unit: pow10(exponent - decimals))
  }

  /// Whether it is `number`, as far as it is shown; percents may be, too.
  func shows(_ number: Double) -> Bool {
    if !number.isFinite || !value.isFinite { return value == number || (value.isNaN && number.isNaN) }
    return [number, 100 * number].contains { abs($0 - value) <= 0.5001 * unit + 1e-7 * abs($0) }
  }
}

private func pow10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }
