import NbrunDiagnostics
import NbrunJSONValues
import NbrunNumberTexts
import NbrunPlotting
import NbrunRunning
import NbrunSteps

/// Compares what a cell gives now with what its committed report says.
struct CellComparison {
  /// What the cell gave; its kinds of metrics and series say how they are compared.
  let record: CellRecord
  /// What the report says.
  let expected: ResultsFile.Cell
  /// What the cell gives.
  let got: ResultsFile.Cell
  /// Whether both were computed by the same numeric variant, so that bits must agree.
  let isSameVariant: Bool
  private(set) var findings: [VerificationFinding] = []
  /// The series that moved, and the numbers of series and metrics that did, before and now: what is printed and drawn of them has
  /// moved with them, which need not be said again.
  private(set) var movedSeries: Set<MetricKey> = []
  private(set) var movedNumbers: Set<[String]> = []

  /// Compares what decides what the cell computes.
  mutating func compareDefinition() {
    expect("the step", expected.step.text, got.step.text)
    expect("the seed", String(expected.seed), String(got.seed))
    compareParameters()
  }

  /// Compares what the notebook says of the cell's numbers.
  mutating func compareWords() {
    expect("the references", expected.references.map(\.text), got.references.map(\.text))
    expect("the claims", expected.claims.map(\.claim), got.claims.map(\.claim))
  }

  mutating func compareValues() {
    guard expected.status == got.status else {
      add(
        "the cell", "ended otherwise", expected: expected.status.rawValue,
        got: [got.status.rawValue, got.failure?.message].compactMap(\.self).joined(separator: ": "))
      return
    }
    if expected.usesStandIn != got.usesStandIn {
      add(
        "the cell", "reads a stand-in for its data or not", expected: "\(expected.usesStandIn)",
        got: "\(got.usesStandIn)")
    }
    expect(
      "the list of float32 numbers", expected.float32.map(\.text).sorted().joined(separator: ", "),
      got.float32.map(\.text).sorted().joined(separator: ", "))
    expect("the failure", expected.failure?.description ?? "none", got.failure?.description ?? "none")
    compareMetrics()
    compareSeries()
    compareClaims()
    compareOutput()
    compareFigures()
  }

  mutating func add(
    _ subject: String, _ message: String, kind: VerificationFinding.Kind = .difference, expected: String? = nil,
    got: String? = nil, allowed: String? = nil, at range: SourceRange? = nil
  ) {
    findings.append(
      VerificationFinding(
        subject, message, kind: kind, expected: expected, got: got, allowed: allowed, cell: record.id, at: range))
  }

  private mutating func expect(_ subject: String, _ expected: String, _ got: String, message: String = "differs") {
    if expected != got { add(subject, message, expected: quoted(expected), got: quoted(got)) }
  }

  private mutating func expect(_ subjects: String, _ expected: [String], _ got: [String]) {
    expect(subjects, expected.joined(separator: ", "), got.joined(separator: ", "), message: "differ")
  }

  private mutating func compareParameters() {
    for key in Set(expected.parameters.keys).union(got.parameters.keys).sorted() {
      let (old, new) = (expected.parameters[key], got.parameters[key])
      if old != new {
        add("parameter \(key)", "differs", expected: old?.inlineText ?? "none", got: new?.inlineText ?? "none")
      }
    }
  }

  // MARK: Numbers

  private mutating func compareMetrics() {
    for key in Set(expected.metrics.keys).union(got.metrics.keys).sorted() {
      let subject = "metric \(key)"
      guard let old = expected.metrics[key] else {
        add(subject, "is not in the report", got: got.metrics[key]?.inlineText)
        continue
      }
      guard let new = got.metrics[key] else {
        add(subject, "is reported no more", expected: old.inlineText)
        continue
      }
      let tolerance = isSameVariant ? nil : record.metricKinds[key]?.tolerance
      if !old.allows(new, within: tolerance) { addMoved(subject, [(old, new)], within: tolerance) }
    }
  }

  /// Adds that numbers moved, of which the first is shown.
  private mutating func addMoved(_ subject: String, _ moved: [(JSONValue, JSONValue)], within tolerance: Double?) {
    let texts = moved.map { [$0.inlineText, $1.inlineText] }
    movedNumbers.formUnion(texts)
    add(
      subject, "moved", expected: texts[0][0], got: texts[0][1],
      allowed: tolerance.map { "\(pythonGeneral($0)) relative" })
  }

  private mutating func compareSeries() {
    for key in Set(expected.series.keys).union(got.series.keys).sorted() {
      guard let old = expected.series[key] else {
        add("series \(key)", "is not in the report")
        continue
      }
      guard let new = got.series[key] else {
        add("series \(key)", "is reported no more")
        continue
      }
      let (tolerance, prefix) = isSameVariant ? (nil, nil) : record.seriesKinds[key]?.tolerance ?? (nil, nil)
      if old.count != new.count {
        add("series \(key)", "has another length", expected: "\(old.count)", got: "\(new.count)")
      }
      let count = min(old.count, new.count, prefix ?? .max)
      let moved = (0..<count).filter { !old[$0].allows(new[$0], within: tolerance) }
      guard let first = moved.first else { continue }
      movedSeries.insert(key)
      let others = moved.count > 1 ? " (and \(counted(moved.count - 1, "other")))" : ""
      addMoved("series \(key), value \(first + 1)\(others)", moved.map { (old[$0], new[$0]) }, within: tolerance)
    }
  }

  // MARK: Claims

  private mutating func compareClaims() {
    let (old, new) = (expected.claims, got.claims)
    for (index, pair) in zip(old, new).enumerated() where pair.0.claim == pair.1.claim {
      // An attested value has the claim's truth in common with a computed one.
      if pair.0.status == pair.1.status || (pair.0.status.holds && pair.1.status.holds) { continue }
      let told = record.claims.indices.contains(index) ? record.claims[index] : nil
      let number = told?.measured.map { " (\(NumberFormat.shortest.text($0)))" } ?? ""
      // How long other kernels take says nothing of the report's.
      let isOfATime = !isSameVariant && told.map { record.metricKinds[$0.claim.metric] == .volatile } ?? false
      add(
        "claim \(pair.1.claim)", isOfATime ? "has another verdict with this arithmetic's times" : "has another verdict",
        kind: isOfATime ? .remark : .difference, expected: pair.0.status.rawValue, got: pair.1.status.rawValue + number,
        at: told?.claim.range)
    }
  }

  // MARK: Figures

  private mutating func compareFigures() {
    expect("the figures", expected.figures.map(\.label), got.figures.map(\.label))
    for (old, new) in zip(expected.figures, got.figures)
    where old.name == new.name && !new.isVolatile && !old.isVolatile {
      let subject = "figure \(new.name)"
      if old.file != new.file { add(subject, "has another file", expected: quoted(old.file), got: quoted(new.file)) }
      guard old.data != new.data else { continue }
      guard let before = old.data.flatMap(FigureCoding.figure), let now = new.data.flatMap(FigureCoding.figure) else {
        add(subject, "has no readable data in the report")
        continue
      }
      let slack = figureSlack
      let differences = now.differences(from: before, relative: slack.relative, absolute: slack.absolute)
      if differences.isEmpty, isSameVariant { add(subject, "is written otherwise") }
      for difference in differences.filter({ !movedNumbers.contains([$0.expected, $0.found]) }).prefix(3) {
        add("\(subject), \(difference.place)", "moved", expected: difference.expected, got: difference.found)
      }
    }
  }

  /// How far numbers in figures may be apart: as far as the cell's loosest metric or series. A figure of a chaotic series may
  /// show anything across variants; its words are compared.
  private var figureSlack: (relative: Double, absolute: Double) {
    if isSameVariant { return (0, 0) }
    let series = record.seriesKinds.values.map(\.tolerance)
    if series.contains(where: { $0.prefix != nil }) { return (0, .greatestFiniteMagnitude) }
    return ((record.metricKinds.values.map(\.tolerance) + series.map(\.relative)).compactMap(\.self).max() ?? 0, 0)
  }
}
