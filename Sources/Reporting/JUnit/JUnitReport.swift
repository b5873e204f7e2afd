import NbrunDiagnostics
import NbrunPlatform
import NbrunMarkup
import NbrunNumberTexts
import NbrunRunning
import NbrunSteps

/// Runs as JUnit XML, which CI services show: a test case for each cell and each claim.
package enum JUnitReport {
  /// The XML of several runs, a suite each.
  package static func text(_ records: [RunRecord]) -> String { JUnitSuite.document(records.map(suite)) }

  /// Whether `file` holds such a text.
  @Sendable package static func isReport(_ file: Data) -> Bool {
    file.starts(with: "<?xml".utf8) && file.range(of: "<testsuites") != nil
  }

  private static func suite(_ record: RunRecord) -> JUnitSuite {
    var cases: [JUnitSuite.Case] = []
    for cell in record.cells {
      let name = "[\(cell.number)] \(cell.id)"
      let result: JUnitSuite.Result =
        switch cell.outcome {
        case .succeeded: .passed
        case .failed(let why, _): .failed(why.message, why.message + (why.hint.map { "\n\($0)" } ?? ""))
        case .notRun(let reason): .skipped(reason.sentence)
        }
      cases.append(JUnitSuite.Case(name: name, seconds: cell.outcome.results?.seconds ?? 0, result: result))
      for claim in cell.claims { cases.append(testCase(claim, of: name)) }
    }
    return JUnitSuite(name: record.notebook, cases: cases)
  }

  private static func testCase(_ record: ClaimRecord, of cell: String) -> JUnitSuite.Case {
    let measured = record.measured.map(NumberFormat.shortest.text) ?? "nothing"
    let message = "measured \(measured), claimed \(record.claim.condition())"
    let result: JUnitSuite.Result =
      switch record.status {
      case .held, .attested: .passed
      case .notTested: .skipped("not tested")
      case .broken: .failed(message, "line \(record.claim.range.start.line)")
      }
    return JUnitSuite.Case(name: "\(cell): \(record.claim.text)", result: result)
  }
}

struct JUnitSuite {
  enum Result {
    case passed
    /// A message and further text.
    case failed(String, String)
    case skipped(String)
  }

  struct Case {
    var name: String
    var seconds = 0.0
    var result = Result.passed
  }

  /// The file that was tested.
  var name: String
  var cases: [Case]

  static func document(_ suites: [JUnitSuite]) -> String {
    var xml = MarkupWriter()
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    xml.block("testsuites") { root in
      root.newline()
      for suite in suites { suite.write(to: &root) }
    }
    return ControlCharacters.visible(xml.string)
  }

  private func write(to xml: inout MarkupWriter) {
    let name = ControlCharacters.visible(name, keeping: [])
    let failures = cases.count { if case .failed = $0.result { true } else { false } }
    let skipped = cases.count { if case .skipped = $0.result { true } else { false } }
    xml.block(
      "testsuite",
      [
        "name": name, "tests": String(cases.count), "failures": String(failures), "errors": "0",
        "skipped": String(skipped), "time": Self.seconds(cases.reduce(0) { $0 + $1.seconds }),
      ]
    ) { suite in
      suite.newline()
      for test in cases {
        suite.block(
          "testcase",
          ["classname": name, "name": test.name, "time": Self.seconds(test.seconds)]
        ) { element in
          switch test.result {
          case .passed: break
          case .failed(let message, let text):
            element.element("failure", ["message": message], text: text)
          case .skipped(let message): element.empty("skipped", ["message": message])
          }
        }
      }
    }
  }

  private static func seconds(_ value: Double) -> String { value.isFinite ? pythonFixed(value, decimals: 3) : "0" }
}
