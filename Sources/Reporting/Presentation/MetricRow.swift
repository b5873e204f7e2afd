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
  /// The published number as the notebook writes it.
  var reference: String?
  /// What became of the claim.
  var status: ClaimRecord.Status?

  /// The claims on a cell in their order, each with the first published number for its metric, then the other published numbers.
  static func rows(_ record: CellRecord, marks: VolatileMark = .off) -> [MetricRow] {
    let metrics = record.outcome.results?.metrics ?? [:]
    var references = record.references
    func takeReference(_ metric: MetricKey) -> String? {
      references.firstIndex { $0.metric == metric }.map { references.remove(at: $0).text }
    }
    var rows = record.claims.map { claim in
      let reference = takeReference(claim.claim.metric)
      return MetricRow(
        metric: claim.claim.metric,
        measured: claim.measured.map { NumberText.short($0, beside: reference, against: claim.bound) },
        exact: claim.measured.map(NumberFormat.shortest.text),
        claim: claim.claim.condition, reference: reference, status: claim.status)
    }
    for reference in references {
      rows.append(
        MetricRow(
          metric: reference.metric,
          measured: metrics[reference.metric].map { NumberText.short($0, beside: reference.text) },
          exact: metrics[reference.metric].map(NumberFormat.shortest.text),
          reference: reference.text))
    }
    return rows.map { row in
      var row = row
      let isVolatile = record.isVolatile(metric: row.metric)
      row.measured = row.measured.map { marks.phrase($0, if: isVolatile) }
      row.exact = row.exact.map { marks.phrase($0, if: isVolatile) }
      return row
    }
  }
}

extension MetricRow {
  /// The published number, with fewer digits where the notebook writes more than anyone compares by eye.
  var shortReference: String? {
    guard let reference, reference.count > 14, let value = Double(reference) else { return reference }
    return NumberText.short(.double(value), beside: reference)
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
