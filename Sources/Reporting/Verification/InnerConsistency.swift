import NbrunRunning
import NbrunSteps

/// Holds what a report says of one cell against what it says of it elsewhere: checks that need no run, and so are made of every cell.
struct InnerConsistency {
  /// The cell as the report tells of it, its claims judged by the report's own numbers.
  let told: CellRecord
  let said: ResultsFile.Cell

  /// What of the cell does not agree; what the report has is expected, and found is what should stand there.
  typealias Fault = VerificationFinding

  /// What does not agree.
  var faults: [Fault] { verdicts + undeclared + summaries + lines }

  // MARK: Claims

  private var verdicts: [Fault] {
    zip(said.claims, told.claims).compactMap { said, judged in
      guard said.claim == judged.claim.text, said.status != judged.status else { return nil }
      let number = judged.measured.map(NumberFormat.shortest.text)
      return Fault(
        "claim \(said.claim)", "is said to be \(said.status.rawValue), but the report's own number says otherwise",
        expected: said.status.rawValue,
        got: [judged.status.rawValue, number.map { "(\($0))" }].compactMap(\.self).joined(separator: " "),
        at: judged.claim.range)
    }
  }

  // MARK: Numbers

  /// What a cell that succeeded promised to report and what the report shows, where these are not the same.
  private var undeclared: [Fault] {
    guard case .succeeded(let results) = told.outcome else { return [] }
    func faults(_ what: String, declared: some Sequence<MetricKey>, shown: some Sequence<MetricKey>) -> [Fault] {
      let (declared, shown) = (Set(declared), Set(shown))
      return declared.subtracting(shown).sorted().map { Fault("\(what) \($0)", "is missing") }
        + shown.subtracting(declared).sorted().map { Fault("\(what) \($0)", "is none of its step's") }
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
        "metric \(key)", "is not the \(summary.value) value of the series \(summary.series)",
        got: NumberFormat.shortest.text(number))
    }
  }

  // MARK: Lines

  /// The lines of each series, in their order.
  private var shownLines: [(key: MetricKey, lines: [(text: String, shown: ShownLine)])] {
    var lines: [MetricKey: [(String, ShownLine)]] = [:]
    for case .seriesLine(let key, let text) in told.outcome.results?.output ?? [] {
      lines[key, default: []].append((text, ShownLine(text)))
    }
    return lines.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The first line of each series that does not show what the others do. A line shows the newest value of its series, so the lines of
  /// a series show its values in their order and at one place among their numbers; a number that is another series' in the first of
  /// them is one of that series in all.
  private var lines: [Fault] {
    guard let series = told.outcome.results?.series.mapValues({ $0.map(\.double) }) else { return [] }
    return shownLines.compactMap { key, lines in
      let shown = lines.map(\.shown)
      let others = series.filter { $0.key != key }.sorted { $0.key < $1.key }
      let wrong =
        Self.misfit(in: shown, series[key] ?? []).map { (key, $0) }
        ?? others.lazy.compactMap { other, values in Self.stranger(in: shown, values).map { (other, $0) } }.first
      return wrong.map { series, line in
        Self.fault(lines[line].text, "shows no value of the series \(series) that it could show")
      }
    }
  }

  private static func fault(_ line: String, _ message: String) -> Fault {
    Fault("a line of the output", message, got: quotedLine(line))
  }

  /// How many of `lines` show `values` in their order, from the first on: at `place` where their words are those of the first line,
  /// anywhere where they are others, as a stranger's may be.
  private static func run(of lines: ArraySlice<ShownLine>, _ values: [Double], at place: Int) -> Int {
    guard let form = lines.first?.words else { return 0 }
    var next = 0
    return lines.prefix { line in
      // The newest value stands among the last where a line shows several.
      let numbers = line.words == form ? line.numbers[place...place] : line.numbers.suffix(64)
      guard let index = (next..<values.count).first(where: { index in numbers.contains { $0.shows(values[index]) } })
      else { return false }
      next = index + 1
      return true
    }.count
  }

  /// The first line that shows none of `values` where the others do; nil where none of them does, or all do.
  private static func misfit(in lines: [ShownLine], _ values: [Double]) -> Int? {
    func longest(_ lines: ArraySlice<ShownLine>) -> Int {
      (lines.first?.numbers ?? []).indices.suffix(64).map { run(of: lines, values, at: $0) }.max() ?? 0
    }
    let length = longest(lines[...])
    if length == lines.count { return nil }
    // A number of few digits shows many values: where all lines but the first agree, that one is wrong.
    if lines.count > 2, longest(lines.dropFirst()) == lines.count - 1 { return 0 }
    return length > 0 ? length : nil
  }

  /// The first line whose number is none of `values`, of another series, although the lines before it that have the same words show
  /// some at its place, each the same or a later one.
  private static func stranger(in lines: [ShownLine], _ values: [Double]) -> Int? {
    guard let first = lines.first, lines.count > 1 else { return nil }
    for (place, number) in first.numbers.enumerated() where number.unit <= 1e-3 {
      var next = 0
      let odd = lines.firstIndex { line in
        guard line.words == first.words else { return false }
        guard let index = (next..<values.count).first(where: { line.numbers[place].shows(values[$0]) }) else {
          return true
        }
        next = index
        return false
      }
      if let odd, odd > 0 { return odd }
    }
    return nil
  }

  /// The first line of each series that is of another form than those before it: other words, or a whole number that stays the same or
  /// grows in these and does not in it. Of lines that a run prints again this says nothing new.
  var unlikeOthers: [Fault] {
    shownLines.compactMap { _, lines in
      guard let first = lines.first?.shown else { return nil }
      var last = first.numbers.map(\.value)
      // Whether each number is whole, and stays the same or grows, as the first two lines have it.
      var stays: [Bool?] = first.numbers.map { _ in nil }
      let odd = lines.indices.dropFirst().first { index in
        let line = lines[index].shown
        guard line.words == first.words else { return true }
        defer { last = line.numbers.map(\.value) }
        return line.numbers.indices.contains { place in
          let now = line.numbers[place]
          if index == 1, now.unit >= 1, first.numbers[place].unit >= 1, now.value >= last[place] {
            stays[place] = now.value == last[place]
          }
          guard index > 1, let stays = stays[place] else { return false }
          return stays ? now.value != last[place] : now.value <= last[place]
        }
      }
      return odd.map { Self.fault(lines[$0].text, "is of another form than those before it") }
    }
  }
}

/// A printed line: words, and the numbers between them.
struct ShownLine {
  /// The words, with a byte that no text holds for each number: lines of the same words have as many numbers.
  private(set) var words: [UInt8] = []
  private(set) var numbers: [ShownNumber] = []

  init(_ text: String) {
    var number: [UInt8] = []
    var name: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
        take(&name)
        number.append(byte)
      case UInt8(ascii: "e") where !number.isEmpty: number.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        if number.last != UInt8(ascii: "e") { take(&number) }
        take(&name)
        number.append(byte)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        take(&number)
        name.append(byte)
      default:
        take(&number)
        take(&name)
        words.append(byte)
      }
    }
    take(&number)
    take(&name)
  }

  /// Takes a number, or a name that may be one.
  private mutating func take(_ part: inout [UInt8]) {
    guard !part.isEmpty else { return }
    let text = String(decoding: part, as: UTF8.self)
    let isNegative = words.last == UInt8(ascii: "-")
    if let shown = ShownNumber(text, isNegative: isNegative) {
      numbers.append(shown)
      words.append(0xFF)
    } else {
      words += part
    }
    part = []
  }
}

/// A number as a printed line shows it: so many digits of it.
struct ShownNumber {
  /// The number that stands there.
  let value: Double
  /// What the last digit that is shown is worth.
  let unit: Double
}

extension ShownNumber {
  /// The number that `text` is.
  /// - Parameter isNegative: whether a sign stands before it, which digits have within them.
  init?(_ text: String, isNegative: Bool = false) {
    switch text.lowercased() {
    case "nan": self.init(value: .nan, unit: 0)
    case "inf", "infinity": self.init(value: isNegative ? -.infinity : .infinity, unit: 0)
    default: self.init(digits: text)
    }
  }

  private init?(digits text: String) {
    var text = text[...]
    while let last = text.last, !last.isNumber, last != "." { text.removeLast() }
    guard let value = Double(text.hasSuffix(".") ? text + "0" : text) else { return nil }
    let parts = text.split(separator: "e", maxSplits: 1)
    let decimals = parts.first?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    let exponent = parts.count > 1 ? min(400, max(-400, Int(parts[1]) ?? 0)) : 0
    self.init(value: value, unit: Double("1e\(exponent - decimals)") ?? 0)
  }

  /// Whether it is `number`, as far as it is shown; percents may be, too.
  func shows(_ number: Double) -> Bool {
    if !number.isFinite || !value.isFinite { return value == number || (value.isNaN && number.isNaN) }
    return [number, 100 * number].contains { abs($0 - value) <= 0.5001 * unit + 1e-7 * abs($0) }
  }
}
