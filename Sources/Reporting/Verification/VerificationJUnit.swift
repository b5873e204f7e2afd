import Steps

extension VerificationReport {
  /// What verifying found as JUnit XML: a test case for each cell, one for the report's files and all else.
  public static func junit(_ reports: [VerificationReport]) -> String {
    JUnitSuite.document(reports.map(\.suite))
  }

  private var suite: JUnitSuite {
    var cases = cells.map { id in testCase("cell \(id)", findings.filter { $0.cell == id }) }
    cases.append(testCase("report", findings.filter { $0.cell == nil }))
    return JUnitSuite(name: notebook, cases: cases)
  }

  private func testCase(_ name: String, _ findings: [VerificationFinding]) -> JUnitSuite.Case {
    let differences = findings.filter { $0.kind == .difference }
    if let first = differences.first {
      let text = differences.map(\.text).joined(separator: "\n")
      return JUnitSuite.Case(name: name, seconds: 0, result: .failed(first.text, text))
    }
    if let first = findings.first { return JUnitSuite.Case(name: name, seconds: 0, result: .skipped(first.text)) }
    return JUnitSuite.Case(name: name, seconds: 0, result: .passed)
  }
}
