import NbrunNumberTexts
import NbrunRunning
import NbrunSteps

/// A line of the table under a cell: a metric with what is claimed of it and what was published.
struct MetricRow: Sendable, Equatable {
  var metric: MetricKey
  /// The measured number, short; nil where there is none.
  var measured: String?
  /// The measured number in full.
  var exact: String?
  /// What the claim says behind the metric: `< 1e-06`; nil where nothing is claimed.
  var claim: String?
  /// The claim; nil where nothing is claimed.
  var claimed: Claim?
  /// What the claim says, in pieces that each end with a metric of another cell; one piece where it names none.
  var claimPieces: [ClaimPiece] = []
  /// The published number as the notebook writes it.
  var reference: String?
  /// The published number as a table shows it: as written, or short beside a measured number that is noise or a time.
  var shortReference: String?
  var status: ClaimRecord.Status?
  /// What the step says of the metric; nil where it says nothing.
  var help: String?

  /// A part of what a claim says.
  struct ClaimPiece: Sendable, Equatable {
    var text: String
    /// Another cell whose metric stands behind the text; nil at the claim's end.
    var cell: CellID?
    /// That metric, `CELL.METRIC`.
    var name = ""
    /// Its number, short; nil where it was not measured.
    var value: String?
  }

  /// Whether the claim may take several lines, as one that names another cell's metric does on narrow screens.
  var isClaimLong: Bool { (claim?.count ?? 0) > 16 }

  /// The claims on a cell in their order, each with the first published number for its metric, then the other published numbers.
  static func rows(_ record: CellRecord, declared: [Metric] = []) -> [MetricRow] {
    let metrics = record.outcome.results?.metrics ?? [:]
    var references = record.references
    var rows: [MetricRow] = []
    func add(_ metric: MetricKey, _ claim: ClaimRecord?, _ reference: Reference?) {
      // Digits beyond the fourth of noise and times say nothing.
      let precise = record.isVolatile(metric: metric) ? nil : reference?.text
      // What the measured number must not seem to be on the other side of: nothing where the claim allows for a tolerance.
      let bounds = claim.map { $0.claim.tolerance > 0 ? [] : $0.bounds.compactMap(\.self) } ?? []
      let measured = claim.map(\.measured) ?? metrics[metric]
      rows.append(
        MetricRow(
          metric: metric, measured: measured.map { NumberText.short($0, beside: precise, against: bounds) },
          exact: measured.map(NumberFormat.shortest.text), claim: claim?.claim.condition(), claimed: claim?.claim,
          claimPieces: claim?.pieces ?? [], reference: reference?.text,
          shortReference: reference.map { NumberText.short(published: $0.text, isPrecise: precise != nil) },
          status: claim?.status, help: declared.help(of: metric)))
    }
    for claim in record.claims {
      let reference = references.firstIndex { $0.metric == claim.claim.metric }.map { references.remove(at: $0) }
      add(claim.claim.metric, claim, reference)
    }
    for reference in references { add(reference.metric, nil, reference) }
    return rows
  }

  /// The measured metrics that `rows` leaves out, in the order of their declaration.
  static func others(_ record: CellRecord, declared: [Metric]) -> [MetricRow] {
    let metrics = record.outcome.results?.metrics ?? [:]
    let shown = Set(record.claims.map(\.claim.metric) + record.references.map(\.metric))
    let known = declared.map(\.key)
    let keys = known + metrics.keys.filter { !known.contains($0) }.sorted()
    return keys.filter { !shown.contains($0) }.compactMap { key in
      metrics[key].map { value in
        MetricRow(
          metric: key, measured: NumberText.short(value), exact: NumberFormat.shortest.text(value),
          help: declared.help(of: key))
      }
    }
  }
}

extension ClaimRecord {
  /// The claim without its metric, in pieces at the metrics of other cells.
  fileprivate var pieces: [MetricRow.ClaimPiece] {
    var rest = claim.condition()[...]
    let others = zip(claim.bounds, bounds).compactMap { bound, value -> MetricRow.ClaimPiece? in
      let name = claim.text(of: bound)
      guard let cell = bound.cell, let place = rest.firstRange(of: name) else { return nil }
      defer { rest = rest[place.upperBound...] }
      return MetricRow.ClaimPiece(
        text: String(rest[..<place.lowerBound]), cell: cell, name: name,
        value: value.map { NumberText.short(.double($0)) })
    }
    return others + [MetricRow.ClaimPiece(text: String(rest))]
  }
}

extension [Metric] {
  /// What a step says of the metric `key`; nil where it says nothing.
  fileprivate func help(of key: MetricKey) -> String? {
    first { $0.key == key }.flatMap { $0.help.isEmpty ? nil : $0.help }
  }
}

extension Claim {
  /// The claim without its metric: `< 1e-06`, `> other.speed`, `= 3 +/- 0.5`.
  /// - Parameter number: how the numbers that it compares with are written.
  func condition(_ number: (Double) -> String = Self.exact) -> String {
    let texts = bounds.map { text(of: $0, number) }
    return "\(comparison.sign) \(texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]")\(slack)"
  }

  /// A bound as the claim writes it.
  func text(of bound: Bound, _ number: (Double) -> String = Self.exact) -> String {
    switch bound {
    case .number(let value): number(value)
    case .metric(let cell, let metric): "\(cell).\(metric)"
    }
  }

  /// ` +/- 0.5`; empty without a tolerance.
  var slack: String { tolerance > 0 ? " +/- \(Self.exact(tolerance))" : "" }

  private static func exact(_ number: Double) -> String { pythonGeneral(number, significantDigits: 12) }
}

extension ClaimRecord.Status {
  /// A mark that needs no colour.
  var mark: String {
    switch self {
    case .held, .attested: "✓"
    case .broken: "✗"
    case .notTested: "–"
    }
  }

  /// The verdict in a word or two, behind its mark.
  var words: String { "\(mark) \(self == .notTested ? "not tested" : rawValue)" }
}
