import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

/// A path is a place, not a spelling: from the words on the command line to the bytes that are written.
@Suite struct PathTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.makeProject("project")
    try folder.writeNotebook("project/notebooks/g.md", "step: measuring", "id: m", "expect: value < 2")
    try folder.writeNotebook("project/week1/lab.md", "step: measuring", "id: m")
    for (name, target) in [
      ("entry", "project"), ("project/linked", "notebooks"), ("project/other.md", "notebooks/g.md"),
      ("project/week1/over.md", "../other.md"), ("project/away", "week1"),
    ] {
      try folder.link(name, to: target)
    }
    try folder.write("", to: "aside/nothing.txt")
  }

  /// The ways to `notebooks/g.md`, each from where one stands, and what it is called there.
  static let spellings = [
    ("notebooks/g.md", "project", "notebooks/g.md"), ("./notebooks/g.md", "project", "notebooks/g.md"),
    ("notebooks//g.md", "project", "notebooks/g.md"), ("notebooks/../notebooks/./g.md", "project", "notebooks/g.md"),
    ("g.md", "project/notebooks", "g.md"), ("../notebooks/g.md", "project/week1", "../notebooks/g.md"),
    ("PATH/project/notebooks/g.md", "project", "notebooks/g.md"),
    ("PATH/project/notebooks/g.md", "aside", "PATH/project/notebooks/g.md"),
    ("project/notebooks/g.md", "", "project/notebooks/g.md"), ("entry/notebooks/g.md", "", "project/notebooks/g.md"),
    ("notebooks/g.md", "entry", "notebooks/g.md"), ("linked/g.md", "project", "notebooks/g.md"),
    ("other.md", "project", "notebooks/g.md"), ("over.md", "project/week1", "../notebooks/g.md"),
    ("away/../notebooks/g.md", "project", "notebooks/g.md"),
    ("../aside/../entry/other.md", "aside", "PATH/project/notebooks/g.md"),
    ("PATH/entry/away/over.md", "", "project/notebooks/g.md"),
  ]

  /// A line break in a name would let the name begin a line, which a host may take for a command.
  @Test func aNameWithALineBreakStaysOnOneLine() throws {
    let name = "a\n::error::b.md"
    try folder.writeNotebook("lines/\(name)", "step: measuring", "id: m", "expect: value < 2")
    for words in [["check"], ["why"], [], ["verify"], ["verify", "--junit", "-"], ["--junit", "-"]] {
      let end = try folder.run(.testWorker, words + [name], below: "lines")
      #expect(end.status == .exited(words == ["why"] ? 1 : 0), "\(words): \(end)")
      let lines = (end.output + end.error).split(separator: "\n")
      #expect(
        !lines.contains { $0.hasPrefix("::") } && lines.contains { $0.contains("a␊::error::b") }, "\(words): \(end)")
    }
  }

  /// What stands there is said as it is: a pipe is no name without UTF-8.
  @Test func aPipeIsCalledOne() throws {
    try folder.write("", to: "aside/nothing.txt")
    #expect(mkfifo("\(folder.path)/aside/pipe.md", 0o600) == 0)
    let end = try folder.run(.testWorker, ["pipe.md"], below: "aside")
    #expect(end.status == .exited(2) && end.error.contains("\"pipe.md\" is no regular file"), "\(end)")
    let opened = try folder.run(.testWorker, ["/dev/fd/0"], input: Array("# a".utf8), below: "aside")
    #expect(opened.status == .exited(2) && !opened.error.contains("UTF-8"), "\(opened)")
  }

  @Test func everySpellingGivesTheSameBytes() throws {
    let first = try folder.run(.testWorker, ["notebooks/g.md"], below: "project")
    #expect(first.status == .exited(0), "\(first)")
    let expected = folder.files("project/outputs")
    #expect(expected.keys.contains("g/results.json") && expected.keys.contains("README.md"))
    let keys = folder.files("project/.nbrun").keys.sorted()
    for (spelling, stand, shown) in shareOfTrials(Self.spellings) {
      let words = [spelling.replacing("PATH", with: folder.path)]
      let name = shown.replacing("PATH", with: folder.path)
      try folder.remove("project/outputs")
      let run = try folder.run(.testWorker, words, below: stand)
      #expect(run.status == .exited(0) && run.error.contains("  \(name)\n"), "\(spelling) from \(stand): \(run)")
      #expect(run.error.hasSuffix("  file://\(folder.path)/project/outputs/g/report.html\n"), "\(run.error)")
      #expect(folder.files("project/outputs") == expected, "\(spelling) from \(stand)")
      #expect(folder.files("project/.nbrun").keys.sorted() == keys, "\(spelling) from \(stand)")
    }
    for (spelling, stand, shown) in shareOfTrials(Self.spellings) {
      let words = [spelling.replacing("PATH", with: folder.path)]
      let name = shown.replacing("PATH", with: folder.path)
      let verify = try folder.run(.testWorker, ["verify", "--strict"] + words, below: stand)
      #expect(verify.status == .exited(0) && verify.output == "✓ \(name): 1 cell verified\n", "\(spelling): \(verify)")
      let why = try folder.run(.testWorker, ["why"] + words, below: stand)
      #expect(why.status == .exited(0) && why.output.hasPrefix("\(name)\n"), "\(spelling): \(why)")
      let check = try folder.run(.testWorker, ["check"] + words, below: stand)
      #expect(check.status == .exited(0) && check.output.hasPrefix("\(name): 1 "), "\(spelling): \(check)")
    }
    #expect(folder.files().keys.allSatisfy { $0.hasPrefix("project/") || $0 == "aside/nothing.txt" })
    for (name, bytes) in expected { #expect(bytes.range(of: Data(folder.path.utf8)) == nil, "\(name)") }
  }

  /// Names that look the same and differ in their bytes are those of two notebooks with two reports.
  @Test(arguments: [("caf\u{E9}", "cafe\u{301}"), ("K", "\u{212A}")])
  func namesThatLookTheSameAreTwo(first: String, second: String) throws {
    for name in [first, second] { try folder.writeNotebook("project/\(name).md", "step: measuring", "id: m") }
    for name in [first, second, "notebooks/g"] {
      let end = try folder.run(.testWorker, ["\(name).md"], below: "project")
      #expect(end.status == .exited(0) && end.diagnostics == [], "\(end)")
    }
    let end = try folder.run(.testWorker, ["verify", "--strict", "\(first).md", "\(second).md"], below: "project")
    #expect(end.status == .exited(0), "\(end)")
    // A report that no notebook writes is found where it looks like another's, too.
    try folder.remove("project/\(second).md")
    let ghost = try folder.run(.testWorker, ["verify", "--strict", "\(first).md"], below: "project")
    #expect(ghost.status == .exited(1) && ghost.error.contains("is no notebook's report"), "\(ghost)")
  }

  /// A report that was copied for another notebook is in the way, and it is said what it is.
  @Test func aCopiedReportIsSaidToBeOne() throws {
    _ = try folder.run(.testWorker, ["notebooks/g.md"], below: "project")
    let base = "\(folder.path)/project"
    try FileManager.default.copyItem(atPath: "\(base)/notebooks/g.md", toPath: "\(base)/notebooks/h.md")
    try FileManager.default.copyItem(atPath: "\(base)/outputs/g", toPath: "\(base)/outputs/h")
    let end = try folder.run(.testWorker, ["notebooks/h.md"], below: "project")
    let message =
      "outputs/h holds a copy of the report of notebooks/g.md, which has its own elsewhere; remove that copy"
    #expect(end.status == .exited(2) && end.diagnostics == ["error: \(message)"], "\(end)")
    try folder.remove("project/outputs/h")
    #expect(try folder.run(.testWorker, ["notebooks/h.md"], below: "project").status == .exited(0))
  }

  @Test func aChosenFolderOfReportsIsWhereTheUserSaysIt() throws {
    for (stand, output) in [
      ("project", "../mine"), ("project/week1", "../../mine"), ("", "mine/"), ("aside", "PATH/mine/."),
    ] {
      let words = ["PATH/project/notebooks/g.md", "--output", output].map { $0.replacing("PATH", with: folder.path) }
      let end = try folder.run(.testWorker, words, below: stand)
      #expect(end.status == .exited(0), "\(end)")
      #expect(folder.files("mine").keys.contains("g/report.html"))
      let text = try folder.text("mine/g/README.md")
      try folder.remove("mine")
      #expect(!text.contains(folder.path))
    }
    #expect(folder.files("project/.nbrun").keys.contains { $0.hasPrefix("cache/") })
    let empty = try folder.run(.testWorker, ["g.md", "--output", ""], below: "project/notebooks")
    #expect(empty.status == .exited(2) && empty.error == "error: --output takes a text that is not empty, not \"\"\n")
  }

  // MARK: Folders

  @Test func aFolderNamesItsNotebooksAndNothingElse() throws {
    try folder.write("# Only prose\n", to: "project/notes.md")
    try folder.write("# About\n\n```nbrun\nstep: nothing\n```\n", to: "project/README.md")
    try folder.write("# Changes\n", to: "project/CHANGELOG.md")
    try folder.writeNotebook("project/x/UPPER.MD", "step: measuring")
    try folder.writeNotebook("project/x/long.markdown", "step: measuring")
    var seen: [String: Data]?
    for stand in ["project", "project/week1", "project", "entry"] {
      let end = try folder.run(.testWorker, [stand == "project/week1" ? ".." : "."], below: stand)
      #expect(end.status == .exited(0), "\(end)")
      let dots = stand == "project/week1" ? "../" : ""
      #expect(end.error.contains("note: skipped, having no cells: \(dots)notes.md\n"), "\(end.error)")
      let outputs = folder.files("project/outputs")
      #expect(seen == nil || seen == outputs)
      seen = outputs
    }
    let reports = seen?.keys.filter { $0.hasSuffix("results.json") }.sorted()
    #expect(
      reports == [
        "g/results.json", "week1/lab/results.json", "x/UPPER/results.json", "x/long/results.json",
      ])
    // By name it runs, and has its report.
    #expect(try folder.run(.testWorker, ["notes.md"], below: "project").status == .exited(0))
    #expect(try folder.text("project/outputs/notes/README.md").contains("Only prose"))
    let none = try folder.run(.testWorker, ["check", "."], below: "aside")
    #expect(none.status == .exited(2) && none.error.contains("there is no notebook (*.md) below the folder \".\""))
    try folder.write("# Prose\n", to: "aside/prose.md")
    let prose = try folder.run(.testWorker, ["."], below: "aside")
    #expect(prose.status == .exited(2) && prose.error.contains("there is no notebook with a cell"), "\(prose)")
  }

  @Test func linksBetweenNotebooksInFoldersWorkBothWays() throws {
    try folder.write(
      "[to g](../notebooks/g.md#a) and [prose](../notes.md)\n\n```nbrun\nstep: measuring\n```\n",
      to: "project/week1/to.md")
    try folder.write("[to lab](../week1/to.md)\n\n```nbrun\nstep: measuring\n```\n", to: "project/notebooks/g.md")
    try folder.write("# Prose\n", to: "project/notes.md")
    #expect(try folder.run(.testWorker, ["week1/to.md", "notebooks"], below: "project").status == .exited(0))
    let there = try folder.text("project/outputs/week1/to/report.html")
    #expect(there.contains("href=\"../../g/report.html#a\"") && there.contains("href=\"../../../notes.md\""))
    #expect(try folder.text("project/outputs/g/report.html").contains("href=\"../week1/to/report.html\""))
    #expect(try folder.text("project/outputs/g/README.md").contains("(../week1/to/README.md)"))
  }

  // MARK: What is written, and where

  @Test func noReportTakesAnothersPlace() throws {
    let worker = ProgramFolder.Program.testWorker
    #expect(try folder.run(worker, ["week1/lab.md"], below: "project").status == .exited(0))
    try folder.writeNotebook("project/week2/lab.md", "step: measuring")
    #expect(try folder.run(worker, ["week2/lab.md"], below: "project").status == .exited(0))
    #expect(folder.files("project/outputs").keys.filter { $0.hasSuffix("lab/results.json") }.count == 2)
    // One after another, in either order: what stands there says whose it is.
    for (first, second) in [("g.md", "notebooks/g.md"), ("notebooks/a.md", "a/figures.md"), ("b/figures/c.md", "b.md")]
    {
      try folder.writeNotebook("project/\(first)", "step: measuring")
      try folder.writeNotebook("project/\(second)", "step: measuring")
      #expect(try folder.run(worker, [first], below: "project").status == .exited(0))
      let before = folder.files("project/outputs")
      let end = try folder.run(worker, [second], below: "project")
      #expect(
        end.status == .exited(2) && end.error.contains("\"\(first)\" and \"\(second)\" would both write"), "\(end)")
      #expect(folder.files("project/outputs") == before)
      // Once it is gone, the place is free.
      try folder.remove("project/\(first)")
      let outputs = first == "b/figures/c.md" ? "project/outputs/b/figures" : "project/outputs/nothing"
      try? folder.remove(outputs)
      let free = try folder.run(worker, [second], below: "project")
      #expect(free.status == .exited(0), "\(second): \(free)")
    }
  }

  @Test(arguments: [".", "notebooks", "g.md/../..", "mine"])
  func whatNoRunWroteIsNotWrittenOver(output: String) throws {
    for name in ["README.md", "notebooks/README.md", "mine/index.html"] {
      try folder.write("mine\n", to: "project/\(name)")
    }
    let before = folder.files("project")
    let end = try folder.run(.testWorker, ["notebooks/g.md", "--output", output], below: "project")
    #expect(end.status == .exited(2), "\(end)")
    #expect(end.error.contains("was not written by TestWorker") || output.hasPrefix("g.md"), "\(end.error)")
    #expect(folder.files("project") == before)
  }

  @Test func aFolderOfSourcesIsNoReport() throws {
    try folder.writeNotebook("project/src.md", "step: measuring")
    try folder.write("int main;\n", to: "project/src/main.c")
    let end = try folder.run(.testWorker, ["src.md", "--output", "."], below: "project")
    #expect(end.status == .exited(2) && end.error.contains("src/main.c was not written by TestWorker"), "\(end)")
  }

  @Test func aLinkOutOfTheProjectIsRefused() throws {
    try folder.writeNotebook("aside/secret.md", "step: measuring")
    try folder.link("project/notebooks/secret.md", to: "../../aside/secret.md")
    try folder.write("mine\n", to: "project/README.md")
    try folder.writeNotebook("project/...md", "step: measuring")
    try folder.link("project/notebooks/x.md", to: "../...md")
    let before = folder.files()
    for command in [["run"], ["check"], ["verify"], ["why"], ["plan"]] {
      let end = try folder.run(.testWorker, command + ["notebooks/secret.md"], below: "project")
      #expect(end.status == .exited(2) && end.error.contains("outside its project"), "\(end)")
      let over = try folder.run(.testWorker, command + ["notebooks/x.md"], below: "project")
      #expect(over.status == .exited(2) && over.error.contains("rename it"), "\(over)")
    }
    #expect(folder.files() == before)
  }

  @Test func theOverviewHasTheNotebooksThatThereAre() throws {
    let worker = ProgramFolder.Program.testWorker
    try folder.writeNotebook("project/a#b?c%20 d.md", "step: measuring")
    try folder.writeNotebook("project/old.md", "step: measuring")
    #expect(try folder.run(worker, [".", "--quiet"], below: "project").status == .exited(0))
    let page = try folder.text("project/outputs/README.md")
    #expect(page.contains("4 notebooks, all passed") && page.contains("(a%23b%3Fc%2520%20d/README.md)"), "\(page)")
    #expect(try folder.text("project/outputs/index.html").contains("href=\"./a%23b%3Fc%2520%20d/report.html\""))
    try folder.remove("project/old.md")
    let end = try folder.run(worker, ["../week1/lab.md"], below: "project/notebooks")
    #expect(
      end.status == .exited(0)
        && end.error.contains("../outputs/old: warning: this is the report of old.md, which is gone"),
      "\(end)")
    #expect(try folder.text("project/outputs/README.md").contains("3 notebooks, all passed"))
    #expect(try !folder.text("project/outputs/index.html").contains("old.md"))
    #expect(try !folder.text("project/outputs/index.html").contains("old/"))
  }

  /// A name that is no UTF-8 cannot be said in a message nor be a report's: it is refused with what can be said of it.
  @Test func namesThatAreNoUTF8AreRefused() throws {
    let name = Array("\(folder.path)/aside/a".utf8) + [0xFF] + Array(".md\0".utf8)
    let descriptor = open(name.map(CChar.init(bitPattern:)), O_CREAT | O_WRONLY, 0o644)
    guard descriptor >= 0 else {
      print("skipped: this file system has no such names")
      return
    }
    close(descriptor)
    let end = try folder.run(.testWorker, ["check", "aside"])
    #expect(end.status == .exited(2) && end.error.contains("is no UTF-8"), "\(end)")
  }

  // MARK: Words of one character, streams, encodings

  /// Whatever a path of one character is given to, the program ends as it means to.
  @Test func pathsOfOneCharacterEndNothing() throws {
    for word in ["x"] + shareOfTrials(["é", "-", "/", ".", "~", "%", "\u{301}", "\n", "1"]) {
      for command in [
        [], ["check"], ["verify"], ["why"], ["data"], ["data", "--from"], ["clean", "--output"], ["steps"],
        ["notebooks/g.md", "--junit"], ["notebooks/g.md", "--output"], ["notebooks/g.md", "--data"],
        ["verify", "notebooks/g.md", "--output"], ["why", "notebooks/g.md", "--output"],
      ] {
        if command.contains("--output"), word == "/" || word == "." { continue }
        let end = try folder.run(.testWorker, command + [word], below: "project")
        guard case .exited(let status) = end.status, (0...3).contains(status) else {
          Issue.record("\(command + [word]): \(end)")
          continue
        }
      }
    }
    #expect(try folder.text("project/x").contains("<testsuites"))
  }

  @Test func aDashIsAStandardStream() throws {
    let cell = "# A\n\n```nbrun\nstep: measuring\nvalue: 1\n```\n"
    let good = try folder.run(.testWorker, ["check", "-", "notebooks/g.md"], input: Array(cell.utf8), below: "project")
    #expect(
      good.status == .exited(0) && good.output.hasSuffix("<stdin>: 1 cell and 0 claims are in order\n"), "\(good)")
    let bad = try folder.run(
      .testWorker, ["check", "-"], input: Array(cell.replacing("value", with: "valeu").utf8), below: "project")
    #expect(bad.status == .exited(2) && bad.error.hasPrefix("<stdin>:5:1: error: "), "\(bad)")
    let run = try folder.run(.testWorker, ["-"], input: Array(cell.utf8), below: "project")
    #expect(run.status == .exited(2) && run.error.contains("standard input can be checked, not run"), "\(run)")
    for command in [["run"], ["verify"]] {
      let end = try folder.run(.testWorker, command + ["notebooks/g.md", "--junit", "-"], below: "project")
      #expect(
        end.status == .exited(0) && end.output.hasPrefix("<?xml") && end.output.hasSuffix("</testsuites>\n"), "\(end)")
    }
    #expect(!folder.files("project").keys.contains("-"))
  }

  @Test func otherEncodingsAreReadWhereTheyAreMarked() throws {
    let text = "# Größe 👩‍👧\r\n\r\n```nbrun\r\nstep: measuring\r\n```\r\n"
    let units = Array(text.utf16)
    let little: [UInt8] = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let marked: [[UInt8]] = [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, [0xEF, 0xBB, 0xBF] + Array(text.utf8)]
    for bytes in marked {
      try folder.write(bytes, to: "project/wide.md")
      let end = try folder.run(.testWorker, ["wide.md"], below: "project")
      #expect(end.status == .exited(0) && end.diagnostics.isEmpty && end.error.hasPrefix("Größe 👩‍👧  wide.md"), "\(end)")
    }
    try folder.remove("project/outputs")
    let widest = units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8), 0, 0] }
    let refused: [[UInt8]] = [little, big, [0xFF, 0xFE, 0, 0] + widest, [0, 1, 2]]
    for bytes in refused {
      try folder.write(bytes, to: "project/wide.md")
      let end = try folder.run(.testWorker, ["wide.md"], below: "project")
      #expect(
        end.status == .exited(2) && end.diagnostics.count == 1 && end.error.contains("save it as UTF-8"), "\(end)")
    }
    #expect(folder.files("project/outputs").isEmpty)
  }
}
