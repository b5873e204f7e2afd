import Foundation
import NbrunJSONValues
@testable import NbrunRunning
import NbrunSteps
import NbrunTestSupport
import Testing

@testable import NbrunReporting

@Suite struct ResultsFileTests {
  @Test(arguments: ["passed", "failed"])
  func textIsWrittenAndReadBack(_ name: String) throws {
    let file = ResultsFile(try Samples.record(named: name), files: ["results.json", "report.html"])
    try Snapshot.expect(file.text, named: "\(name).results.json")
    #expect(try ResultsFile.read(file.text.utf8) == file)
  }

  @Test func whatDiffersFromRunToRunStandsUnderVolatileAlone() {
    var slower = Samples.passed
    var results = CellResults()
    if case .succeeded(let measured) = Samples.race.outcome { results = measured }
    results.seconds = 99
    results.metrics["speedup"] = .double(7)
    results.metrics["error"] = .double(3.3e-9)
    results.series["times"] = [.double(1)]
    results.output[2] = .seriesLine("times", "took 99 ms\n")
    results.figures[0].figure.title = "Other times"
    slower.cells[1].outcome = .succeeded(results)
    slower.environment.machine = "Another"
    var (first, second) = (ResultsFile(Samples.passed, files: []), ResultsFile(slower, files: []))
    #expect(first != second)
    second.volatile = first.volatile
    #expect(first == second)
    first.cells[0].metrics["difference"] = .number("1")
    #expect(first != second)
  }

  @Test func textIsCutAtLineEndsHoweverItArrived() {
    let pieces: [OutputItem] = [
      .text("a\nb"), .text("c\r\n"), .text("\nlast"),
      .metric("m", MetricLine(before: "", after: "", format: .shortest)), .text("x"),
    ]
    #expect(
      pieces.separatedLines == [
        .text("a\n"), .text("bc\r\n"), .text("\n"), .text("last"),
        .metric("m", MetricLine(before: "", after: "", format: .shortest)), .text("x"),
      ])
  }

  /// Edits of a valid file, and where the reader must point.
  @Test(arguments: [
    ("{", "byte 1"), ("[]", "schema"), ("\"schema\": 2", "schema"), ("\"status\": \"passed\"", "status"),
    ("\"id\": \"race\"", "cells[1].id"),
    ("\"difference\": 2.2121476417505994e-08", "cells[0].metrics.difference"),
    ("\"format\": \"fixed 1\"", "cells[1].output[0].format"), ("\"threads\": 2", "volatile.threads"),
  ])
  func whatIsWrongIsNamed(_ edited: String, _ place: String) throws {
    let text = ResultsFile(Samples.passed, files: []).text
    let wrong =
      if edited.count < 3 { edited } else {
        text.replacing(edited, with: edited.prefix { $0 != ":" } + ": \"…\"")
      }
    #expect(edited.count < 3 || wrong != text)
    let error = #expect(throws: ResultsFileError.self) { try ResultsFile.read(wrong.utf8) }
    #expect(error?.place == place)
  }

  /// Edits of a valid file, and all that the reader says.
  @Test(arguments: [
    ("\"notebook\": ", "\"other\": ", "notebook: a string is expected"),
    ("\"schema\": 2", "\"schema\": 3", "schema: this program reads schema 2, not 3; run the notebook again"),
    ("\"failed\",\n \"title\"", "\"fine\",\n \"title\"", "status: \"failed\" or \"passed\" is expected"),
    ("\"id\": \"race\"", "\"id\": 1", "cells[2].id: \(name)"),
    ("\"id\": \"race\"", "\"id\": \"train\"", "cells: two cells have the same id"),
    ("\"reason\": {", "\"other\": {", "cells[2].failure.reason: \"interrupted\" or \"not-selected\" is expected"),
    ("\"because\": \"train\"", "\"because\": []", "cells[2].failure.reason.because: \(name)"),
    ("\"because\": \"train\"", "\"stopped-after\": null", "cells[2].failure.reason.stopped-after: \(name)"),
    ("\"because\": \"train\"", "\"no-data\": \"x\"", "cells[2].failure.reason.advice: a string is expected"),
    ("\"message\": \"the", "\"none\": \"the", "cells[1].failure.message: a string is expected"),
    ("\"seed\": 7", "\"seed\": -7", "cells[1].seed: a whole number from 0 to 4294967295 is expected"),
    ("\"format\": \"shortest\"", "\"format\": \"x\"", "cells[0].output[2].format: \"x\" is no number format"),
    ("\"metric\": \"difference\"", "\"metric\": 1", "cells[0].output[2].metric: \(name)"),
    ("\"difference\": 2", "\"No\": 2", "cells[0].metrics: \"No\" is no name of small letters, digits and hyphens"),
    ("\"difference\": 2", "\"difference\": [], \"x\": 2", "cells[0].metrics.difference: a number is expected"),
    ("\"series\": {}", "\"series\": {\"x\": [1, null]}", "cells[0].series.x[1]: a number is expected"),
    ("\"stand-in\": true", "\"stand-in\": 1", "cells[2].stand-in: true or false is expected"),
    (
      "\"origin\": \"other\"", "\"origin\": \"x\"",
      "data.cifar-10.origin: \"authors\" or \"other\" or \"stand-in\" is expected"
    ),
    (": \"4bb2", ": \"4b", "data.cifar-10.files.data_batch_1.bin: a SHA-256 digest is expected"),
    ("\"threads\": 2", "\"threads\": 0", "volatile.threads: a whole number from 1 is expected"),
    ("\"seconds\": 0.0042", "\"seconds\": -1", "volatile.cells.conv-forward.seconds: a number of seconds is expected"),
    ("\"data\": {", "\"data\": [], \"rest\": {", "data: an object is expected"),
    ("\"files\": [", "\"files\": 1, \"rest\": [", "files: a list is expected"),
  ])
  func whatIsExpectedIsSaid(_ right: String, _ wrong: String, _ message: String) throws {
    let text = ResultsFile(try Samples.record(named: "failed"), files: ["a"]).text
    let edited = text.replacing(right, with: wrong, maxReplacements: 1)
    try #require(edited != text, "\(right) is in the file")
    let error = #expect(throws: ResultsFileError.self) { try ResultsFile.read(edited.utf8) }
    #expect(error?.description == message)
  }

  private static let name = "a name of small letters, digits and hyphens is expected"

  @Test func aSecondCellOfTheSameNameIsRefused() {
    let text = ResultsFile(Samples.passed, files: []).text.replacing("\"id\": \"race\"", with: "\"id\": \"train\"")
    #expect(throws: ResultsFileError.self) { try ResultsFile.read(text.utf8) }
  }

  /// Every prefix of a results file is refused.
  @Test func cutFilesAreRefused() {
    let bytes = Array(ResultsFile(Samples.passed, files: ["a"]).text.utf8)
    for end in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(throws: ResultsFileError.self) { try ResultsFile.read(bytes[..<end]) }
    }
  }

  /// Damaged files are read or refused, and what is read can be written, drawn and compared: never a crash. Half of them are
  /// sound JSON in which only values are wrong.
  @Test func damagedFilesAreRefusedOrRead() throws {
    let bytes = Array(ResultsFile(SampleNotebook.shortRecord, files: ["a"]).text.utf8)
    let value = try JSONParser.parse(bytes).value
    var readable = 0
    for seed in 0..<fuzzCount(400) {
      var random = FuzzGenerator(seed: seed)
      let source =
        seed % 2 == 0 ? damaged(bytes, &random) : Array(JSONWriter.string(altered(value, &random)).utf8)
      guard let file = try? ResultsFile.read(source) else { continue }
      readable += 1
      #expect(try ResultsFile.read(file.text.utf8) == file, "seed \(seed)")
      let committed = CommittedReport(files: [ResultsFile.name: Data(source)])
      _ = VerificationTests.findings(committed)
    }
    #expect(readable > 0)
  }

  /// `value` with one of its parts replaced by something else.
  private func altered(_ value: JSONValue, _ random: inout FuzzGenerator) -> JSONValue {
    let others: [JSONValue] = [
      .null, .bool(true), .number("0"), .number("-1"), .number("1e999"), .number("1e-999"), .string(""), .string("NaN"),
      .number("9223372036854775808"), .number("0.10000000000000000000000001"), .string("\u{0}../../x"), .array([]),
      .object([:]), .array([.array([]), .null]), .string("held"), .string("Infinity"),
    ]
    switch value {
    case .array(var elements) where !elements.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
      let index = Int.random(in: elements.indices, using: &random)
      elements[index] = altered(elements[index], &random)
      if Int.random(in: 0..<8, using: &random) == 0 { elements.append(elements[index]) }
      return .array(elements)
    case .object(var members) where !members.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
      let key = members.keys.sorted().randomElement(using: &random) ?? ""
      members[key] = members[key].map { altered($0, &random) }
      if Int.random(in: 0..<8, using: &random) == 0 { members[key] = nil }
      return .object(members)
    default: return others.randomElement(using: &random) ?? .null
    }
  }
}
