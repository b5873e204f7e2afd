import Foundation
import JSONValues
import Running
import Steps
import Testing

@testable import Reporting

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
    ("{", "byte 1"), ("[]", "schema"), ("\"schema\": 1", "schema"), ("\"status\": \"passed\"", "status"),
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

  @Test func aSecondCellOfTheSameNameIsRefused() {
    let text = ResultsFile(Samples.passed, files: []).text.replacing("\"id\": \"race\"", with: "\"id\": \"train\"")
    #expect(throws: ResultsFileError.self) { try ResultsFile.read(text.utf8) }
  }

  /// Every prefix of a results file, and the file with a byte changed at many places, is read or refused: never a crash.
  @Test func damagedFilesAreRefusedOrRead() {
    let bytes = Array(ResultsFile(Samples.passed, files: ["a"]).text.utf8)
    for end in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(throws: ResultsFileError.self) { try ResultsFile.read(bytes[..<end]) }
    }
    var readable = 0
    for position in stride(from: 0, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[position] = [UInt8(ascii: "9"), 0, 0xFF, UInt8(ascii: "]")][position % 4]
      if let file = try? ResultsFile.read(damaged) { readable += file.cells.count }
    }
    #expect(readable > 0)
  }
}
