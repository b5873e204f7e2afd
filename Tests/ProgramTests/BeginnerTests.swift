import Foundation
import Testing

/// What somebody meets who runs a notebook of their own for the first time.
@Suite struct BeginnerTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.writeNotebook("notebooks/test.md", "step: measuring", "id: m", "expect: value < 2")
  }

  /// The state folder is no part of anybody's repository.
  @Test(arguments: [["notebooks"], ["notebooks", "--set", "m.value=1"]])
  func theStateFolderKeepsItselfOutOfGit(arguments: [String]) throws {
    _ = try folder.run(.testWorker, arguments)
    #expect(try folder.text(".nbrun/.gitignore") == "*\n")
    try folder.write("mine\n", to: ".nbrun/.gitignore")
    _ = try folder.run(.testWorker, arguments)
    #expect(try folder.text(".nbrun/.gitignore") == "mine\n")
  }

  /// A place that cannot be written is said before anything is computed.
  @Test(arguments: [
    (["notebooks", "--output", "file"], "cannot write"), (["notebooks", "--output", "file/outputs"], "cannot write"),
    (["notebooks", "--output", "/proc/nobody/outputs"], "cannot"),
    (["notebooks", "--junit", "file/x.xml"], "cannot write"),
    (["notebooks", "--junit", "notebooks"], "cannot write notebooks: Is a directory"),
    (["notebooks", "--junit", "/proc/nobody/x.xml"], "cannot"),
    (["verify", "notebooks", "--junit", "notebooks"], "cannot write notebooks: Is a directory"),
  ])
  func anUnwritablePlaceIsSaidFirst(arguments: [String], message: String) throws {
    try folder.write("", to: "file")
    let before = folder.files()
    let end = try folder.run(.testWorker, arguments)
    #expect(end.status == .exited(2) && end.error.contains("error: \(message)"), "\(end.error)")
    #expect(!end.error.contains("measuring") && folder.files() == before)
  }

  @Test func theProgramIsCalledByItsNameInReports() throws {
    let end = try folder.run(.testWorker, ["notebooks"])
    #expect(end.status == .exited(0))
    for name in ["report.html", "README.md", "report.ipynb"] {
      let text = try folder.text("outputs/test/\(name)")
      #expect(text.contains("TestWorker, nbrun 0"), "\(name)")
      #expect(text.contains("TestWorker notebooks/test.md") && !text.contains("nbrun notebooks"), "\(name)")
    }
  }

  @Test func oneCellIsOneCell() throws {
    let end = try folder.run(.testWorker, ["check", "notebooks"])
    #expect(end.output == "notebooks/test.md: 1 cell and 1 claim are in order\n")
  }

  /// The index of a folder is told of links that lead nowhere, whether the folder was named or a notebook of it.
  @Test(arguments: [["check", "notebooks"], ["check", "notebooks/test.md"], ["notebooks"]])
  func linksOfAFoldersIndexAreFollowed(arguments: [String]) throws {
    try folder.write("# Course\n\n- [Test](test.md)\n- [Gone](tset.md)\n", to: "notebooks/index.md")
    let end = try folder.run(.testWorker, arguments)
    let warning =
      "notebooks/index.md:4:3: warning: there is no notebook \"tset.md\" for this link to lead to\n  - [Gone](tset.md)\n"
    #expect(end.status == .exited(0) && end.error.ranges(of: warning).count == 1, "\(end.error)")
    #expect(!end.error.contains("skipped"))
  }

  @Test func aNotebookWithoutACellIsWarnedOfAndRefusedByStrict() throws {
    try folder.write("# Prose\n\nOnly.\n", to: "notebooks/prose.md")
    let warning = "notebooks/prose.md: warning: this notebook has no cell, so that nothing is run"
    let run = try folder.run(.testWorker, ["notebooks/prose.md"])
    #expect(run.status == .exited(0) && run.error.contains(warning), "\(run.error)")
    let verify = try folder.run(.testWorker, ["verify", "notebooks/prose.md"])
    #expect(verify.status == .exited(0) && verify.error.contains(warning), "\(verify.error)")
    let strict = try folder.run(.testWorker, ["verify", "notebooks/prose.md", "--strict"])
    #expect(strict.status == .exited(1) && strict.error.contains("has no cell, and so nothing to verify"))
    #expect(strict.output.contains("✗ "), "\(strict.output)")
  }

  /// A file that holds no text is refused, named or found: it may be a notebook with another encoding.
  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf32BigEndian])
  func whatIsNotUTF8IsNotSkipped(encoding: String.Encoding) throws {
    try folder.write(
      [UInt8](#require(try folder.text("notebooks/test.md").data(using: encoding))), to: "notebooks/wide.md")
    for arguments in [["notebooks"], ["check", "notebooks"], ["check", "notebooks/wide.md"]] {
      let end = try folder.run(.testWorker, arguments)
      #expect(
        end.status == .exited(2) && end.error.contains("notebooks/wide.md: error: the file holds zero bytes"), "\(end)")
    }
  }

  @Test func aCellOfAnotherSpellingIsSuggested() throws {
    let end = try folder.run(.testWorker, ["notebooks", "--set", "M.value=1"])
    #expect(end.status == .exited(2))
    #expect(end.error == "error: --set: no cell has the id \"M\"; did you mean \"m\"?\n", "\(end.error)")
  }

  /// A report is no notebook: whose it is.
  @Test(arguments: [
    ("outputs/test", "is the report of \"notebooks/test.md\"; name that"),
    ("outputs/test/README.md", "is the report of \"notebooks/test.md\"; name that"),
    ("outputs/test/report.html", "is the report of \"notebooks/test.md\"; name that"),
    ("outputs/test/report.ipynb", "is the report of \"notebooks/test.md\"; name that"),
    ("outputs/test/results.json", "is the report of \"notebooks/test.md\"; name that"),
    ("outputs", "is of the folder of reports; name the notebooks themselves"),
    ("outputs/README.md", "is of the folder of reports; name the notebooks themselves"),
  ])
  func aReportIsNotTakenForANotebook(path: String, message: String) throws {
    _ = try folder.run(.testWorker, ["notebooks"])
    for command in [[], ["check"], ["verify"], ["why"]] {
      let end = try folder.run(.testWorker, command + [path])
      #expect(end.status == .exited(2) && end.error == "error: \"\(path)\" \(message)\n")
    }
  }

  /// A notebook that is called by less than its path.
  @Test(arguments: [
    ("test", "notebooks/test.md"), ("test.md", "notebooks/test.md"), ("tset.md", "notebooks/test.md"),
    ("Test", "notebooks/test.md"), ("notebooks/test", "notebooks/test.md"),
    ("notebooks/test.ipynb", "notebooks/test.md"),
    ("test.html", "notebooks/test.md"), ("guide", "notebooks/guide"), ("giude", "notebooks/guide"),
  ])
  func aNotebookIsSuggested(argument: String, notebook: String) throws {
    try folder.writeNotebook("notebooks/guide/first.md", "step: measuring")
    let end = try folder.run(.testWorker, [argument])
    #expect(end.status == .exited(2))
    #expect(end.error == "error: there is no file or folder \"\(argument)\"; did you mean \"\(notebook)\"?\n")
  }
}
