import NbrunDiagnostics
import NbrunRunning

extension CellComparison {
  /// Compares what was printed, line by line: text exactly; of a line that shows a metric what stands around the number; of a
  /// line that shows a series across numeric variants what stands around its decimals, which are compared as the series.
  mutating func compareOutput() {
    let mostFindings = 5
    var found = 0
    var line = 1
    for index in 0..<max(expected.output.count, got.output.count) {
      let old = index < expected.output.count ? expected.output[index] : nil
      let new = index < got.output.count ? got.output[index] : nil
      if !isSame(old, new) {
        found += 1
        if found <= mostFindings {
          add(
            "line \(line) of the output", "differs", expected: old.map(shown) ?? "no such line",
            got: new.map(shown) ?? "no such line")
        }
        // Once lines are missing, all that follow would differ as well.
        if expected.output.count != got.output.count { return }
      }
      line += (new ?? old).map(lineEnds) ?? 0
    }
    if found > mostFindings { add("the output", "differs in \(counted(found - mostFindings, "further line"))") }
  }

  private func isSame(_ old: OutputItem?, _ new: OutputItem?) -> Bool {
    if old == new { return true }
    guard case .seriesLine(let key, let before)? = old, case .seriesLine(key, let now)? = new,
      !isSameVariant || movedSeries.contains(key)
    else { return false }
    return Self.withoutDecimals(before) == Self.withoutDecimals(now)
  }

  /// The text with each number that has a point or an exponent replaced, so that whole numbers, such as iterations, stay.
  static func withoutDecimals(_ text: String) -> String {
    text.replacing(/[0-9.][0-9.eE+\-]*/) { number in
      number.output.contains(".") && number.output.contains(where: \.isNumber) ? "#" : number.output
    }
  }

  private func shown(_ item: OutputItem) -> String {
    switch item {
    case .seriesLine(let key, ""): "a line of the series \(key)"
    case .text(let text), .seriesLine(_, let text): quotedLine(text)
    case .metric(let key, let line): quotedLine("\(line.before){\(key), \(line.format)}\(line.after)")
    }
  }

  private func lineEnds(_ item: OutputItem) -> Int {
    let text =
      switch item {
      case .seriesLine(_, ""): "\n"
      case .text(let text), .seriesLine(_, let text): text
      case .metric(_, let line): line.before + line.after
      }
    return text.utf8.count { $0 == UInt8(ascii: "\n") }
  }
}
