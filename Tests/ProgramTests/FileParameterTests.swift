import Foundation
import NbrunTestSupport
import Testing

/// Files that cells name: found before anything runs, part of a cell's key and of its report.
@Suite struct FileParameterTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write("mass,name\n1.5,a\n,b\n2,c\n", to: "notebooks/data/iris.csv")
  }

  private func write(_ lines: String) throws {
    try folder.write("# T\n\n```nbrun\nstep: tabulating\nid: t\n\(lines)\n```\n", to: "notebooks/t.md")
  }

  private func run(_ arguments: String...) throws -> ProgramEnd {
    try folder.run(.testWorker, arguments.isEmpty ? ["notebooks/t.md"] : arguments)
  }

  @Test func aTableBesideTheNotebookIsRead() throws {
    try write("table: data/iris.csv\nothers: [\"data/iris.csv\", \"t.md\"]\nexpect: sum = 3.5\nexpect: rows = 3")
    let end = try run()
    #expect(end.status == .exited(0) && end.error.contains("2 of 2 claims held"), "\(end)")
    let digest = "b066c524e72ea4fc543f08184df239763d8c3cef303d38811fdfba7e55f2a5fe"
    for file in ["results.json", "report.html"] {
      #expect(try folder.text("outputs/t/\(file)").contains("data/iris.csv, SHA-256 \(digest)"), "\(file)")
    }
    let verified = try run("verify", "notebooks/t.md")
    #expect(verified.status == .exited(0), "\(verified)")
  }

  /// Another table is another cell; the same one elsewhere said or written again is not.
  @Test func whatAFileHoldsIsPartOfTheKey() throws {
    try write("table: data/iris.csv")
    #expect(try run().error.contains("1 computed"))
    try folder.write("mass,name\n1.5,a\n,b\n2,c\n", to: "notebooks/data/iris.csv")
    #expect(try run().error.contains("0 computed"))
    try folder.write("mass,name\n1.5,a\n,b\n3,c\n", to: "notebooks/data/iris.csv")
    let why = try run("why", "notebooks/t.md")
    #expect(why.status == .exited(1) && why.output.contains("table"), "\(why)")
    let verified = try run("verify", "notebooks/t.md")
    #expect(verified.status == .exited(1) && verified.error.contains("cell t, parameter table differs"), "\(verified)")
    #expect(try run().error.contains("1 computed"))
  }

  @Test(arguments: [
    ("table: data/irs.csv", "7:8: error: there is no file data/irs.csv; did you mean \"data/iris.csv\"?"),
    ("table: nothing.csv", "7:8: error: there is no file nothing.csv\n"),
    ("table: data", "7:8: error: data cannot be read: it is a folder, not a file"),
    ("table: ../../x.csv", "7:8: error: a file is named by its path from the notebook's folder, and lies in"),
    ("table: /etc/passwd", "7:8: error: a file is named by its path from the notebook's folder, and lies in"),
    ("table: data/link.csv", "7:8: error: a file is named by its path from the notebook's folder, and lies in"),
    (
      "table: data/iris.csv\nothers: [\"data/iris.csv\", \"gone.csv\"]",
      "8:9: error: there is no file gone.csv\n"
    ),
  ])
  func whatIsNotThereIsLocatedBeforeAnythingRuns(lines: String, message: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/notebooks/data/link.csv", withDestinationPath: "/etc/passwd")
    try write("column: name\n\(lines)")
    for command in [["check", "notebooks/t.md"], ["notebooks/t.md"]] {
      let end = try folder.run(.testWorker, command)
      #expect(end.status == .exited(2) && end.error.contains("notebooks/t.md:\(message)"), "\(end)")
    }
  }

  // MARK: Folders

  /// What `sha256sum` says of the files, in the order of their bytes and without hidden ones, is what their digest is of.
  @Test func aFolderIsAllItsFiles() throws {
    for name in ["b/2.txt", "b/1.txt", "B.txt", ".hidden", ".git/x", "a/é.txt"] {
      try folder.write("four", to: "notebooks/many/\(name)")
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/notebooks/many/link", withDestinationPath: "../data/iris.csv")
    let table = try Data(contentsOf: URL(filePath: "\(folder.path)/notebooks/data/iris.csv")).count
    try write("table: data/iris.csv\nfolder: many\nexpect: bytes = \(4 * 4 + table)")
    let end = try run()
    #expect(end.status == .exited(0) && end.error.contains("1 of 1 claim"), "\(end)")
    let sum = try folder.run(
      .testWorker, [], below: "notebooks/many",
      wrapper: ["/bin/sh", "-c", "sha256sum B.txt a/é.txt b/1.txt b/2.txt link | sha256sum"])
    #expect(try folder.text("outputs/t/results.json").contains("many, SHA-256 \(sum.output.prefix(64))"))
    #expect(try run().error.contains("0 computed"))
    try folder.write("more", to: "notebooks/many/.hidden")
    #expect(try run().error.contains("0 computed"))
    try folder.write("five5", to: "notebooks/many/b/2.txt")
    #expect(try run("why", "notebooks/t.md").output.contains("folder"))
    #expect(try run("verify", "notebooks/t.md").error.contains("cell t, parameter folder differs"))
  }

  @Test(arguments: [
    ("mny", "7:9: error: there is no folder mny; did you mean \"many\"?"), ("t.md", "7:9: error: t.md is no folder"),
    ("../..", "7:9: error: a folder is named by its path from the notebook's folder, and lies in"),
    ("many", "7:9: error: many/b/link is no file of the notebook's project, nor a folder"),
    ("..", "7:9: error: .. holds the project's reports"), ("../outputs/t", "7:9: error: ../outputs/t holds the proj"),
    ("linked", "7:9: error: linked/there is a link to a folder, which is not followed"),
    ("odd", "7:9: error: odd/a␊b has a line break or a backslash in its name"),
  ])
  func aFolderThatIsNotThereIsLocated(name: String, message: String) throws {
    try folder.write("four", to: "notebooks/many/b/1.txt")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/notebooks/many/b/link", withDestinationPath: "/etc/passwd")
    try folder.write("four", to: "notebooks/odd/a\nb")
    try folder.write("four", to: "notebooks/linked/.hidden")
    try folder.link("notebooks/linked/there", to: "../data")
    try write("table: data/iris.csv\nfolder: \(name)")
    for command in [["check", "notebooks/t.md"], ["notebooks/t.md"]] {
      let end = try folder.run(.testWorker, command)
      #expect(end.status == .exited(2) && end.error.contains("notebooks/t.md:\(message)"), "\(end)")
    }
  }

  @Test func aFolderThatChangesWhileItIsReadFailsTheCell() throws {
    try folder.write("four", to: "notebooks/many/b/1.txt")
    try write("table: data/iris.csv\nfolder: many\naddition: mass")
    let end = try run()
    #expect(end.status == .exited(1) && end.error.contains("many was changed while the cell ran"), "\(end)")
  }

  @Test func whatIsNoTableFailsTheCellWithItsPlace() throws {
    try write("table: data/iris.csv\ncolumn: name")
    let end = try run()
    #expect(
      end.status == .exited(1) && end.error.contains("data/iris.csv, row 2, column \"name\": \"a\" is no number"),
      "\(end)")
  }

  @Test func aFileThatChangesWhileItIsReadFailsTheCell() throws {
    try write("table: data/iris.csv\naddition: mass")
    let end = try run()
    #expect(end.status == .exited(1) && end.error.contains("data/iris.csv was changed while the cell ran"), "\(end)")
  }

  @Test func aCellThatIsDebuggedReadsIt() throws {
    try write("table: data/iris.csv")
    let end = try run("debug", "notebooks/t.md", "t")
    #expect(end.status == .exited(0) && end.output.contains("sum: 3.5"), "\(end)")
  }
}
