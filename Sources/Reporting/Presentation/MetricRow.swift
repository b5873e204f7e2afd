import Running
import Steps

/// A line of the table under a cell: a metric with what is claimed of it and what was published.
struct MetricRow: Sendable, Equatable {
  /// The metric.
  var metric: MetricKey
  /// The measured number, short; nil where there is none.
  var measured: String?
  /// The measured number in full.
  var exact: String?
  /// What the claim says behind the metric: `< 1e-06`; nil where nothing is claimed.
  var claim: String?
  /// The claim; nil where nothing is claimed.
  var claimed: Claim?
  /// The published number as the notebook writes it.
  var reference: String?
  /// The published number as a table shows it: as written, or short beside a measured number that is noise or a time.
  var shortReference: String?
  /// What became of the claim.
  var status: ClaimRecord.Status?

  /// Whether the claim may take several lines, as one that names another cell's metric does on narrow screens.
  var isClaimLong: Bool { (claim?.count ?? 0) > 16 }

  /// The claims on a cell in their order, each with the first published number for its metric, then the other published numbers.
  static func rows(_ record: CellRecord) -> [MetricRow] {
    let metrics = record.outcome.results?.metrics ?? [:]
    var references = record.references
    var rows: [MetricRow] = []
    func add(_ metric: MetricKey, _ claim: ClaimRecord?, _ reference: Reference?) {
      // Digits beyond the fourth of noise and times say nothing.
      let precise = record.isVolatile(metric: metric) ? nil : reference?.text
      let measured = claim.map(\.measured) ?? metrics[metric]
      rows.append(
        MetricRow(
          metric: metric,
          measured: measured.map { NumberText.short($0, beside: precise, against: claim?.sharpBound) },
          exact: measured.map(NumberFormat.shortest.text),
          claim: claim?.claim.condition,
          claimed: claim?.claim,
          reference: reference?.text,
          shortReference: reference.map { NumberText.short(published: $0.text, isPrecise: precise != nil) },
          status: claim?.status))
    }
    for claim in record.claims {
      let reference = references.firstIndex { $0.metric == claim.claim.metric }.map { references.remove(at: $0) }
      add(claim.claim.metric, claim, reference)
    }
    for reference in references { add(reference.metric, nil, reference) }
    return rows
  }
}

extension ClaimRecord {
  /// The number that the measured one must not seem to be on the other side of: none where the claim allows for a tolerance.
  fileprivate var sharpBound: Double? {
    claim.tolerance > 0 ? nil : bound
  }
}

extension Claim {
  /// The claim without its metric: `< 1e-06`, `> other.speed`, `= 3 +/- 0.5`.
  var condition: String {
    let right =
      switch bound {
      case .number(let number): pythonGeneral(number, significantDigits: 12)
      case .metric(let cell, let metric): "\(cell).\(metric)"
      }
    let slack = tolerance > 0 ? " +/- \(pythonGeneral(tolerance, significantDigits: 12))" : ""
    return "\(comparison.rawValue) \(right)\(slack)"
  }
}

extension ClaimRecord.Status {
  /// The verdict in a word or two, with a mark that needs no colour.
  var words: String {
    switch self {
    case .held: "✓ held"
    case .broken: "✗ broken"
    case .notTested: "– not tested"
    case .attested: "✓ attested"
    }
  }
}
