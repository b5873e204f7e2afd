import NbrunDiagnostics
import NbrunNotebooks
import Testing

@testable import NbrunRunning

/// Claims as programs, spreadsheets and mathematics write them, and the answer: the columns that it is about, and what to
/// write.
@Suite struct ClaimSlipTests {
  private func answer(to text: String, _ read: (CellValue) throws -> Void) -> String? {
    let start = SourceLocation(line: 1, column: 1)
    let value = CellValue(text, at: start)
    do {
      try read(value)
      return nil
    } catch {
      let diagnostic =
        error as? Diagnostic ?? value.diagnostic(for: error) { (try? read(CellValue($0, at: start))) != nil }
      guard let range = diagnostic.range else { return diagnostic.message }
      return "\(range.start.column)-\(range.end.column) \(diagnostic.message)"
    }
  }

  @Test(arguments: [
    ("loss == 5", "6-8 there is no sign \"==\"; did you mean \"loss = 5\"?"),
    ("loss === 5", "6-9 there is no sign \"===\"; did you mean \"loss = 5\"?"),
    ("loss ≥ 5", "6-7 there is no sign \"≥\"; did you mean \"loss >= 5\"?"),
    ("loss ≤ 5", "6-7 there is no sign \"≤\"; did you mean \"loss <= 5\"?"),
    ("loss =< 5", "6-8 there is no sign \"=<\"; did you mean \"loss <= 5\"?"),
    ("loss => 5", "6-8 there is no sign \"=>\"; did you mean \"loss >= 5\"?"),
    ("loss < 5%", "8-10 a percentage is written as a fraction; did you mean \"loss < 0.05\"?"),
    ("loss < 0,1", "8-11 the decimal sign is a point; did you mean \"loss < 0.1\"?"),
    ("loss < 5 %", "8-11 a percentage is written as a fraction; did you mean \"loss < 0.05\"?"),
    ("0 < loss < 1", "1-13 a claim compares two values; give two lines, \"expect: loss > 0\" and \"expect: loss < 1\""),
    (
      "0.1 <= loss < 1",
      "1-16 a claim compares two values; give two lines, \"expect: loss >= 0.1\" and \"expect: loss < 1\""
    ),
    ("1 > loss > 0", "1-13 a claim compares two values; give two lines, \"expect: loss < 1\" and \"expect: loss > 0\""),
    ("loss < 1 # rounding", "10-20 a comment stands on a line of its own; did you mean \"loss < 1\"?"),
    (
      "loss > 0 and loss < 1",
      "1-22 a claim compares two values; give two lines, \"expect: loss > 0\" and \"expect: loss < 1\""
    ),
    (
      "loss > 0 && < 1",
      "1-16 a claim compares two values; give two lines, \"expect: loss > 0\" and \"expect: loss < 1\""
    ),
    (
      "loss > 0, loss < 1",
      "1-19 a claim compares two values; give two lines, \"expect: loss > 0\" and \"expect: loss < 1\""
    ),
    (
      "loss in 0..1",
      "9-13 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss in 0...1",
      "9-14 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss in (0, 1)",
      "9-15 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss in 0.1, 1",
      "9-15 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0.1, 1]\"?"
    ),
    (
      "loss between 0 and 1",
      "6-21 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss = 0..1",
      "6-12 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss in [1, 0]",
      "9-15 the lower bound of a range stands first; did you mean \"loss in [0, 1]\"?"
    ),
    (
      "loss in [5 %, 10%]",
      "9-19 a percentage is written as a fraction; did you mean \"loss in [0.05, 0.1]\"?"
    ),
    (
      "loss in [0; 1]",
      "9-12 a range is written in [A, B], and both its bounds belong to it; did you mean \"loss in [0, 1]\"?"
    ),
    ("loss in [1]", "11-12 \",\" is expected here: METRIC in [A, B]"),
    ("loss in 1", "9-10 \"[\" is expected here: METRIC in [A, B]"),
    ("loss in", "8-9 \"[\" is expected here: METRIC in [A, B]"),
    ("loss in [1, 2, 3]", "14-15 \"]\" is expected here: METRIC in [A, B]"),
    (
      "loss in [a, b]",
      "10-11 a metric to compare with is written CELL.METRIC, with the id of its cell: CELL.a"
    ),
    ("loss in [0, inf]", "13-16 a claim compares with a finite number or with CELL.METRIC"),
    ("loss in [best.loss, 1] +/- 1", "1-29 only \"=\" takes a tolerance"),
    ("5 > loss", "1-9 the metric stands first; did you mean \"loss < 5\"?"),
    ("loss != 5", "6-8 there is no claim that two numbers differ; say in which direction, with < or >"),
    ("loss ≠ 5", "6-7 there is no claim that two numbers differ; say in which direction, with < or >"),
    ("loss ≈ 5", "6-7 what is nearly equal is claimed with = and a tolerance, as in \"METRIC = NUMBER +/- TOLERANCE\""),
    ("loss ~ 5", "6-7 what is nearly equal is claimed with = and a tolerance, as in \"METRIC = NUMBER +/- TOLERANCE\""),
    (
      "loss ~= 5", "6-8 what is nearly equal is claimed with = and a tolerance, as in \"METRIC = NUMBER +/- TOLERANCE\""
    ),
    ("loss <", "6-7 a number or CELL.METRIC is missing behind \"<\""),
    ("loss", "5-6 a claim is METRIC, one of < <= > >= =, and a number or CELL.METRIC, or METRIC in [A, B]"),
    ("loss 5", "1-7 a sign is missing between \"loss\" and \"5\": one of < <= > >= ="),
    ("loss: 5", "1-6 there is no sign \":\"; did you mean \"loss = 5\"?"),
    ("loss is 5", "6-8 there is no sign \"is\"; did you mean \"loss = 5\"?"),
    ("loss equals 5", "6-12 there is no sign \"equals\"; did you mean \"loss = 5\"?"),
    ("loss less than 5", "6-15 there is no sign \"less than\"; did you mean \"loss < 5\"?"),
    ("loss is below 5", "6-14 there is no sign \"is below\"; did you mean \"loss < 5\"?"),
    ("loss at least 5", "6-14 there is no sign \"at least\"; did you mean \"loss >= 5\"?"),
    ("loss < five", "8-12 a number is written in digits; did you mean \"loss < 5\"?"),
    ("loss < 10^-6", "8-13 a power of ten is written with e; did you mean \"loss < 1e-6\"?"),
    ("loss < 1×10^-6", "8-15 a power of ten is written with e; did you mean \"loss < 1e-6\"?"),
    ("loss < 1e−6", "8-12 a minus sign is the hyphen on the keyboard; did you mean \"loss < 1e-6\"?"),
    ("loss < −5", "8-10 a minus sign is the hyphen on the keyboard; did you mean \"loss < -5\"?"),
    ("loss < 1/3", "8-11 a value is a number, not a calculation; did you mean \"loss < 0.333333333333333\"?"),
    ("loss < 1_000", "8-13 digits are not grouped; did you mean \"loss < 1000\"?"),
    ("loss < 1.000.000", "8-17 digits are not grouped; did you mean \"loss < 1000000\"?"),
    ("loss < 1,000", "8-13 digits are not grouped; did you mean \"loss < 1000\"?"),
    ("loss < 1 000", "10-13 digits are not grouped; did you mean \"loss < 1000\"?"),
    ("loss < 5s", "8-10 a value has no unit; did you mean \"loss < 5\"?"),
    ("loss < 5 ms", "10-12 a claim's number has no unit"),
    ("loss < 5k", "8-10 a value is a plain number; did you mean \"loss < 5000\"?"),
    ("loss = 5 +- 1", "10-12 a tolerance is written +/-; did you mean \"loss = 5 +/- 1\"?"),
    ("loss = 5 +/− 1", "10-13 a tolerance is written +/-; did you mean \"loss = 5 +/- 1\"?"),
    ("loss = 5 ± 10%", "10-15 a tolerance is no share of the number; did you mean \"loss = 5 +/- 0.5\"?"),
    ("loss = 5 (0.1)", "10-15 a tolerance is written +/-; did you mean \"loss = 5 +/- 0.1\"?"),
    ("loss = 5 (±0.1)", "10-16 a tolerance is written +/-; did you mean \"loss = 5 +/- 0.1\"?"),
    ("loss = 5 within 0.1", "10-16 a tolerance is written +/-; did you mean \"loss = 5 +/- 0.1\"?"),
    ("loss < 5 +/- 1", "1-15 only \"=\" takes a tolerance"),
    ("loss = 5 +/- -1", "1-16 a tolerance is not negative"),
    ("best.loss < 5", "1-10 a claim is about the cell that it stands in; did you mean \"loss < 5\"?"),
    (
      "{{ best.loss }} < 5",
      "1-16 a claim has no quotation marks, and a claim is about the cell that it stands in; did you mean \"loss < 5\"?"
    ),
    ("`loss` < 5", "1-7 a claim has no quotation marks; did you mean \"loss < 5\"?"),
    ("\"loss < 5\"", "1-11 a claim has no quotation marks; did you mean \"loss < 5\"?"),
    ("“loss < 5”", "1-11 a claim has no quotation marks; did you mean \"loss < 5\"?"),
    ("Loss < 5", "1-5 names are in lower case, with hyphens; did you mean \"loss < 5\"?"),
    ("final_loss < 5", "1-11 names are in lower case, with hyphens; did you mean \"final-loss < 5\"?"),
    ("final loss < 5", "7-11 names are in lower case, with hyphens; did you mean \"final-loss < 5\"?"),
    ("finalLoss < 5", "1-10 names are in lower case, with hyphens; did you mean \"final-loss < 5\"?"),
    ("abs(loss) < 5", "1-14 a claim compares numbers as they are reported, it does not calculate"),
    ("loss - 1 < 5", "1-13 a claim compares numbers as they are reported, it does not calculate"),
    ("loss < initial", "8-15 a metric to compare with is written CELL.METRIC, with the id of its cell: CELL.initial"),
    ("loss < nan", "8-11 a claim compares with a finite number or with CELL.METRIC"),
    ("loss < inf", "8-11 a claim compares with a finite number or with CELL.METRIC"),
    ("loss < best.Loss", "8-17 a number or CELL.METRIC is expected here"),
    ("loss < best/loss", "1-17 a claim compares numbers as they are reported, it does not calculate"),
    ("loss < 2 * best.loss", "1-21 a claim compares numbers as they are reported, it does not calculate"),
    ("loss << 5", "6-8 there is no sign \"<<\"; did you mean \"loss < 5\"?"),
    ("loss &lt; 5", "6-10 there is no sign \"&lt;\"; did you mean \"loss < 5\"?"),
    ("loss <5;", "6-9 nothing stands behind a value; did you mean \"loss < 5\"?"),
    ("loss < 5 epochs", "10-16 a value has no unit; did you mean \"loss < 5\"?"),
    ("loss<5%", "1-8 a percentage is written as a fraction; did you mean \"loss < 0.05\"?"),
    ("loss < ５", "8-9 digits are 0 to 9; did you mean \"loss < 5\"?"),
    ("loss < \"5\"", "8-11 a claim has no quotation marks; did you mean \"loss < 5\"?"),
    ("loss < (5)", "8-11 a single value stands in no brackets; did you mean \"loss < 5\"?"),
    ("loss > 50 percent", "8-18 a percentage is written as a fraction; did you mean \"loss > 0.5\"?"),
    (
      "loss ≥ 50%",
      "6-11 there is no sign \"≥\", and a percentage is written as a fraction; did you mean \"loss >= 0.5\"?"
    ),
    (
      "loss == 5 # c",
      "6-14 a comment stands on a line of its own, and there is no sign \"==\"; did you mean \"loss = 5\"?"
    ),
    ("> 5", "1-2 the name of a metric is expected here"),
    ("< 5", "1-2 the name of a metric is expected here"),
    (
      "loss < 5 seconds # c",
      "10-21 a comment stands on a line of its own, and a value has no unit; did you mean \"loss < 5\"?"
    ),
    ("finalLoss == 5%", "1-10 the name of a metric is expected here"),
  ])
  func claims(text: String, expected: String) {
    #expect(answer(to: text) { _ = try ClaimParser.claim($0) } == expected)
  }

  @Test(arguments: [
    ("loss = 5", "6-9 a reference is a metric and a number, without a sign between them; did you mean \"loss 5\"?"),
    ("loss: 5", "1-6 a reference is a metric and a number, without a sign between them; did you mean \"loss 5\"?"),
    ("loss < 5", "6-9 a reference is a metric and a number, without a sign between them; did you mean \"loss 5\"?"),
    ("loss 5%", "6-8 a percentage is written as a fraction; did you mean \"loss 0.05\"?"),
    ("loss 0,1", "6-9 the decimal sign is a point; did you mean \"loss 0.1\"?"),
    ("loss 5 # paper", "8-15 a comment stands on a line of its own; did you mean \"loss 5\"?"),
    ("loss", "5-6 the published number is expected here"),
    ("5 loss", "1-2 the name of a metric is expected here"),
    ("Loss 5", "1-5 names are in lower case, with hyphens; did you mean \"loss 5\"?"),
  ])
  func references(text: String, expected: String) {
    #expect(answer(to: text) { _ = try ClaimParser.reference($0) } == expected)
  }

  @Test(arguments: [
    "loss < .5", "loss < 5.", "loss = 5±1", "loss = 5 ± 0.1", "loss=5+/-1", "loss >= best.loss", "loss < +5",
    "loss in [0, 1]", "loss in[-1,1]", "loss in [ best.loss , 1e3 ]", "loss in [1, 1]", "in in [0, 1]",
  ])
  func whatIsRightIsTaken(text: String) {
    #expect(answer(to: text) { _ = try ClaimParser.claim($0) } == nil)
  }
}
