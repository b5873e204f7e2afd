import NbrunAssignmentSteps
import NbrunDigests
import NbrunFilePaths
import Foundation
import NbrunJSONValues
import NbrunNotebooks
import NbrunSteps
import NbrunTestSupport
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// One digit changed in any committed metric, series, claim, printed line or figure of the package's own three reports is found,
/// and the cell and the thing are named.
@Suite struct CommittedOutputsTests {
  /// A notebook of the package, and the report that its committed numbers give.
  struct Subject: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let notebook: Notebook
    let plan: Plan
    let record: RunRecord
    let place: ReportPlace
    let images: ReportImages
    let committed: CommittedReport

    init(_ name: String) throws {
      testDescription = name
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()
      let path = "notebooks/\(name).md"
      notebook = NotebookParser.parse(
        try Data(contentsOf: URL(filePath: root + path)), path: path,
        place: NotebookPlace(root: FilePath(root), name: FilePath(path)),
        context: NotebookContext(
          hasFile: { FileManager.default.fileExists(atPath: root + "notebooks/" + $0) },
          programSource: { try? String(contentsOfFile: root + $0, encoding: .utf8) }, isInProject: { _ in true },
          programSources: { [] }))
      plan = try Planner(steps: assignmentSteps).plan(notebook)
      let folder = "\(root)outputs/\(name)"
      let file = try ResultsFile.read(try Data(contentsOf: URL(filePath: "\(folder)/\(ResultsFile.name)")))
      let there = CommittedOutputs(folder: FilePath("\(root)outputs")).report(
        in: FilePath(name), among: [FilePath(name)])
      let reported = ReportedResults(of: there, plan: plan, numerics: file.numerics)?.results ?? [:]
      // A cell that the notebook has got since its report was made has found nothing yet.
      let outcomes = plan.cells.map { ($0.id, CellOutcome.succeeded(reported[$0.id] ?? CellResults())) }
      let judge = ClaimJudge(outcomes: Dictionary(uniqueKeysWithValues: outcomes), standIns: [])
      record = RunRecord(
        notebook: path, title: notebook.title, digest: SHA256.digest(of: notebook.text), numerics: file.numerics,
        cells: plan.cells.map(judge.record),
        data: file.data, alterations: [],
        environment: file.volatile.environment, wasInterrupted: false)
      place = ReportPlace(of: notebook, folder: FilePath(folder))
      images = ReportImages(of: notebook)
      let report = Report(record: record, notebook: notebook, plan: plan, place: place, images: images)
      committed = CommittedReport(files: ReportFiles(report).bytes)
    }

    func findings(_ committed: CommittedReport) -> [VerificationFinding] {
      var verification = Verification(
        record: record, notebook: notebook, plan: plan, place: place, images: images, committed: committed,
        variants: [record.numerics])
      return verification.report().findings
    }
  }

  static let names = ["conv_layers", "spatial_batchnorm", "cnn"]

  /// A value of a results file that one digit of can be changed: where it stands, and how a finding about it begins.
  struct Place {
    var path: [Step]
    var found: String

    /// The cell that it belongs to, by its number.
    var cell: Int? { if case .index(let index)? = path.dropFirst().first { index } else { nil } }

    enum Step {
      case key(String)
      case index(Int)
    }
  }

  @Test(arguments: names)
  func oneDigitInTheResultsIsNamed(name: String) throws {
    let subject = try Subject(name)
    #expect(subject.findings(subject.committed).map(\.text) == [])
    let results = try JSONParser.parse(try #require(subject.committed.files[ResultsFile.name])).value
    var random = FuzzGenerator(seed: 231)
    var kinds: [String: Int] = [:]
    for round in rounds(try places(in: results, &random)) {
      var edited = results
      var expected: [Place] = []
      for (kind, place) in round {
        let before = edited
        edited = edit(edited, at: place.path[...])
        guard edited != before else { continue }
        kinds[kind, default: 0] += 1
        expected.append(place)
      }
      guard !expected.isEmpty else { continue }
      var committed = subject.committed
      committed.files[ResultsFile.name] = Data(JSONWriter.string(edited).utf8)
      let findings = subject.findings(committed)
      for place in expected {
        #expect(
          findings.contains { $0.kind == .difference && $0.text.hasPrefix(place.found) },
          "\(place): \(findings.map(\.text))")
      }
    }
    print("\(name): edited and found: \(kinds.sorted { $0.key < $1.key })")
    // What each notebook has that lasts: the lines of the first show metrics only, its figures are times.
    let there = name == "conv_layers" ? [] : name == "cnn" ? ["series", "line", "figure"] : ["series", "line"]
    for kind in ["metric", "claim", "verdict", "reference"] + there { #expect(kinds[kind, default: 0] > 0, "\(kind)") }
  }

  /// The places of each kind, as many as tests are to try, in rounds: in each one place of every cell, for cells are compared on their
  /// own, and writing the report that is compared takes long. Figures come alone: one that cannot be read ends the comparison.
  private func rounds(_ places: [(kind: String, place: Place)]) -> [[(kind: String, place: Place)]] {
    let kinds = Dictionary(grouping: places, by: \.kind).sorted { $0.key < $1.key }
    let tried = kinds.flatMap { $0.value[shareOfTrials($0.value.count)] }
    let (figures, others) = (tried.filter { $0.kind == "figure" }, tried.filter { $0.kind != "figure" })
    let cells = Dictionary(grouping: others, by: \.place.cell).values
    let rounds = (0..<(cells.map(\.count).max() ?? 0)).map { round in
      cells.compactMap { $0.indices.contains(round) ? $0[round] : nil }
    }
    return figures.map { [$0] } + rounds
  }

  /// Of each cell every metric, claim and reference, of each series, figure and output the first, the last and a random number.
  private func places(
    in results: JSONValue, _ random: inout FuzzGenerator
  ) throws -> [(kind: String, place: Place)] {
    var places: [(kind: String, place: Place)] = []
    for (index, cell) in try #require(results["cells"]?.elements).enumerated() {
      let id = cell["id"]?.text ?? ""
      let start: [Place.Step] = [.key("cells"), .index(index)]
      for key in (cell["metrics"]?.members ?? [:]).keys {
        places.append(
          ("metric", Place(path: start + [.key("metrics"), .key(key)], found: "cell \(id), metric \(key) moved")))
      }
      for (claim, value) in (cell["claims"]?.elements ?? []).enumerated() {
        places.append(
          (
            "claim",
            Place(
              path: start + [.key("claims"), .index(claim), .key("claim")], found: "cell \(id), the claims differ")
          ))
        places.append(
          (
            "verdict",
            Place(
              path: start + [.key("claims"), .index(claim), .key("status")],
              found: "cell \(id), claim \(value["claim"]?.text ?? "") has another verdict")
          ))
      }
      for reference in (cell["references"]?.elements ?? []).indices {
        places.append(
          (
            "reference",
            Place(
              path: start + [.key("references"), .index(reference), .key("value")],
              found: "cell \(id), the references differ")
          ))
      }
      for (key, values) in cell["series"]?.members ?? [:] {
        for value in some(values.elements?.indices, &random) {
          places.append(
            (
              "series",
              Place(
                path: start + [.key("series"), .key(key), .index(value)],
                found: "cell \(id), series \(key), value \(value + 1) moved")
            ))
        }
      }
      let lines = cell["output"]?.elements ?? []
      for line in some(lines.indices.filter { lines[$0]["text"]?.text?.contains(where: \.isNumber) == true }, &random) {
        places.append(
          (
            "line",
            Place(
              path: start + [.key("output"), .index(line), .key("text")],
              found: "cell \(id), line")
          ))
      }
      for (figure, value) in (cell["figures"]?.elements ?? []).enumerated() {
        guard let data = value["data"] else { continue }
        let path = start + [.key("figures"), .index(figure), .key("data")]
        let numbers = leaves(of: data, at: path)
        for number in some(numbers.indices, &random) {
          places.append(
            ("figure", Place(path: numbers[number], found: "cell \(id), figure \(value["name"]?.text ?? "")")))
        }
      }
    }
    return places
  }

  private func some(_ indices: (some RandomAccessCollection<Int>)?, _ random: inout FuzzGenerator) -> Set<Int> {
    guard let indices, let first = indices.first, let last = indices.last else { return [] }
    return [first, last, indices.randomElement(using: &random) ?? first]
  }

  /// The places of the numbers in `value`.
  private func leaves(of value: JSONValue, at path: [Place.Step]) -> [[Place.Step]] {
    switch value {
    case .number: [path]
    case .array(let elements):
      elements.enumerated().flatMap { leaves(of: $1, at: path + [.index($0)]) }
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { leaves(of: $1, at: path + [.key($0)]) }
    default: []
    }
  }

  /// `value` with one digit, or of a verdict the word, changed at `path`.
  private func edit(_ value: JSONValue, at path: ArraySlice<Place.Step>) -> JSONValue {
    switch (path.first, value) {
    case (.key(let key)?, .object(var members)):
      members[key] = members[key].map { edit($0, at: path.dropFirst()) }
      return .object(members)
    case (.index(let index)?, .array(var elements)):
      elements[index] = edit(elements[index], at: path.dropFirst())
      return .array(elements)
    case (nil, .number(let text)): return .number(withAnotherDigit(text))
    case (nil, .string("held")): return .string("broken")
    case (nil, .string("broken")): return .string("held")
    case (nil, .string(let text)): return .string(withAnotherDigit(text))
    default: return value
    }
  }

  /// `text` with its last digit before an exponent changed.
  private func withAnotherDigit(_ text: String) -> String {
    var characters = Array(text)
    let end = characters.firstIndex { "eE".contains($0) } ?? characters.endIndex
    guard
      let place = characters[..<end].lastIndex(where: \.isNumber) ?? characters.lastIndex(where: \.isNumber)
    else { return text }
    characters[place] = characters[place] == "7" ? "3" : "7"
    return String(characters)
  }

  /// A digit of a number that lasts, changed in a file that shows it; a digit anywhere in a drawing that lasts. In each round one of
  /// every file, for files are compared on their own, and writing the report that they are compared with takes long.
  @Test(arguments: names)
  func oneDigitInAnyFormIsNamed(name: String) throws {
    let subject = try Subject(name)
    var random = FuzzGenerator(seed: 232)
    let places = subject.committed.files.sorted { $0.key < $1.key }.filter { $0.key != ResultsFile.name }.map {
      file, bytes in
      let places = lastingDigits(in: String(decoding: bytes, as: UTF8.self), file: file, subject, &random)
      return (file: file, places: Array(places[shareOfTrials(places.count)]))
    }
    for round in 0..<(places.map(\.places.count).max() ?? 0) {
      let edited = places.filter { $0.places.count > round }
      var committed = subject.committed
      for (file, places) in edited {
        let digit = committed.files[file]?[places[round]]
        committed.files[file]?[places[round]] = digit == UInt8(ascii: "7") ? UInt8(ascii: "3") : UInt8(ascii: "7")
      }
      let findings = subject.findings(committed)
      for (file, places) in edited {
        #expect(
          findings.contains {
            $0.text.prefix { $0 != ":" }.split { " ,".contains($0) }.contains(file[...])
              && $0.text.contains("not what its results give") || $0.text.contains("not what their results give")
          },
          "byte \(places[round]) of \(file): \(findings.map(\.text))")
      }
    }
    let edits = places.reduce(0) { $0 + $1.places.count }
    print("\(name): \(edits) edits of reports and drawings found")
    #expect(edits >= 3)
  }

  private func lastingDigits(
    in text: String, file: String, _ subject: Subject, _ random: inout FuzzGenerator
  ) -> [Int] {
    let bytes = Array(text.utf8)
    func isDigit(_ index: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) }
    if file.hasSuffix(".svg") {
      let volatile = subject.record.cells.flatMap { cell in
        (cell.outcome.results?.figures ?? []).filter(\.isVolatile).map {
          FigureFile.path(cell: cell.id, figure: $0.name)
        }
      }
      guard !volatile.contains(file) else { return [] }
      let digits = bytes.indices.filter(isDigit)
      return (0..<2).compactMap { _ in digits.randomElement(using: &random) }
    }
    var places: [Int] = []
    for cell in subject.record.cells {
      for (key, value) in cell.outcome.results?.metrics ?? [:] where !cell.isVolatile(metric: key) {
        let shown = NumberFormat.shortest.text(value)
        guard shown.count >= 6, let range = text.range(of: shown) else { continue }
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        if let place = (start..<start + shown.utf8.count).first(where: isDigit) { places.append(place) }
      }
      let numbers = (cell.outcome.results?.output ?? []).compactMap { item -> String? in
        guard case .text(let line) = item, line.filter(\.isNumber).count >= 3 else { return nil }
        return line.trimmingCharacters(in: .newlines)
      }
      guard let line = numbers.first(where: { text.contains($0) }), let range = text.range(of: line) else { continue }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      if let place = (start..<start + line.utf8.count).first(where: isDigit) { places.append(place) }
    }
    return Array(places.shuffled(using: &random).prefix(8))
  }
}
