extension VerificationReport {
  /// What verifying found as JUnit XML: a test case for each cell, one for the report's files and all else.
  /// - Parameter strict: whether what could not be compared is a failure.
  package static func junit(_ reports: [VerificationReport], strict: Bool) -> String {
    JUnitSuite.document(reports.map { $0.suite(strict: strict) })
  }

  private func suite(strict: Bool) -> JUnitSuite {
    var cases = cells.map { cell in
      var test = testCase("cell \(cell.id)", findings.filter { $0.cell == cell.id }, strict: strict)
      switch (test.result, cell.status) {
      case (.passed, .attested), (.passed, .unchecked): test.result = .skipped(cell.status.words)
      default: break
      }
      return test
    }
    cases.append(testCase("report", findings.filter { $0.cell == nil }, strict: strict))
    return JUnitSuite(name: notebook, cases: cases)
  }

  private func testCase(_ name: String, _ findings: [VerificationFinding], strict: Bool) -> JUnitSuite.Case {
    let failing = findings.filter { $0.fails(strict: strict) }.map(\.text)
    let result: JUnitSuite.Result =
      if let first = failing.first {
        .failed(first, failing.joined(separator: "\n"))
      } else {
        findings.first.map { .skipped($0.text) } ?? .passed
      }
    return JUnitSuite.Case(name: name, result: result)
  }
}
