import NbrunJSONValues
@testable import NbrunRunning
import NbrunSteps
import Testing

@testable import NbrunReporting

/// A report that was computed with one arithmetic, verified with another.
extension VerificationTests {
  /// A fresh run on another variant, with `change` made to its cells.
  static func onAnotherVariant(_ change: (inout RunRecord) -> Void) -> RunRecord {
    var record = SampleNotebook.shortRecord
    record.numerics = "arm64"
    change(&record)
    return record
  }

  @Test func toleratedDifferencesAcrossVariantsAreNone() {
    let record = Self.onAnotherVariant { record in
      record.cells[0].change { $0.metrics["difference"] = .double(2.21214772e-08) }
      record.cells[2].change { results in
        results.series["loss"] = results.series["loss"]?.enumerated().map { index, value in
          .double(value.double * (index < 2 ? 1.00005 : 1.2))
        }
        results.output[1] = .seriesLine("loss", "(Iteration 11 / 40) loss: 2.5\n")
      }
    }
    let told =
      "the report was computed with x86-64-avx2 arithmetic, this run with arm64: numbers are compared within their tolerances"
    let findings = Self.findings(record: record)
    #expect(findings.map(\.text) == [told])
    #expect(findings[0].fails(strict: true) && !findings[0].fails(strict: false))
    #expect(Self.report(record: record, areInterchangeable: true).passed(strict: true))
    var here = record
    here.numerics = SampleNotebook.record.numerics
    // The line shows the series, which is said to have moved.
    #expect(
      Self.findings(record: here).map(\.subject) == ["metric difference", "series loss, value 1 (and 39 others)"])
  }

  @Test(arguments: [
    (
      "metric",
      "cell conv-forward, metric difference moved: expected 2.2121476417505994e-08, got 2.3e-08, allowed 1e-06 relative"
    ),
    ("series", "cell train, series loss, value 1 moved: expected 2.3, got 2.31, allowed 0.0001 relative"),
    ("line", "cell train, line 2 of the output differs"), ("exact", "cell race, metric exact moved: expected 0, got 1"),
  ])
  func largerOnesAreDifferences(_ change: String, _ found: String) {
    let record = Self.onAnotherVariant { record in
      switch change {
      case "metric": record.cells[0].change { $0.metrics["difference"] = .double(2.3e-08) }
      case "series": record.cells[2].change { $0.series["loss"]?[0] = .double(2.31) }
      case "line": record.cells[2].change { $0.output[1] = .seriesLine("loss", "(Iteration 12 / 40) loss: 2.5\n") }
      default: record.cells[1].change { $0.metrics["exact"] = .integer(1) }
      }
    }
    let findings = Self.findings(record: record)
    #expect(findings.contains { $0.text.hasPrefix(found) }, "\(findings.map(\.text))")
  }

  @Test(arguments: [("speedup", false, true), ("speedup", true, false), ("error", false, false)])
  func aClaimOnATimeSaysNothingAcrossVariants(_ metric: MetricKey, _ isSameVariant: Bool, _ isRemark: Bool) {
    var old = Samples.race
    old.claims = [
      ClaimRecord(claim: Samples.claim(metric, .greater, 1), measured: .double(2), bounds: [1], status: .held)
    ]
    var new = old
    new.claims[0].measured = .double(0.9)
    new.claims[0].status = .broken
    var comparison = CellComparison(
      record: new, expected: ResultsFile.Cell(old), got: ResultsFile.Cell(new), isSameVariant: isSameVariant)
    comparison.compareValues()
    #expect(comparison.findings.map(\.kind) == [isRemark ? .remark : .difference])
    #expect(comparison.findings[0].text.hasSuffix("expected held, got broken (0.9)"), "\(comparison.findings)")
  }
}
