import NbrunDiagnostics
import NbrunFilePaths
import Foundation
import Testing

@testable import NbrunCommandLineInterface

/// A path is a place: a notebook is found where it is, whatever way leads there.
@Suite final class NotebookFinderTests {
  private let top: FilePath
  private let project: FilePath

  init() throws {
    let folder = FilePath(NSTemporaryDirectory()).appending("nbrun-finder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: folder.text, withIntermediateDirectories: true)
    top = folder.place
    project = top.appending("project")
    try make(".git/HEAD")
    for path in [
      "notebooks/a.md", "notebooks/deep/b.md", "notebooks/.hidden/c.md", "notebooks/notes.txt", "week1/lab.MD",
      "week2/lab.markdown", "README.md", "week1/changelog.MD", "outputs/lab/x.md", "sub/Package.swift", "sub/n.md",
      "sub/outputs/n/y.md", "x/figures.md",
    ] {
      try make(path)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: top.text)
  }

  private func make(_ path: String) throws {
    let file = project.appending(path)
    try FileManager.default.createDirectory(atPath: file.parent.text, withIntermediateDirectories: true)
    try Data("# A\n".utf8).write(to: URL(filePath: file.text))
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: project.appending(path).text, withDestinationPath: target)
  }

  private func find(_ arguments: String..., from folder: String = "", output: FilePath? = nil) throws -> [NotebookFile]
  {
    try NotebookFinder.find(
      arguments, currentFolder: project.appending(folder).normalized, output: output, cache: top)
  }

  private func messages(_ arguments: String..., from folder: String = "", output: FilePath? = nil) -> [String] {
    do {
      _ = try NotebookFinder.find(
        arguments, currentFolder: project.appending(folder).normalized, output: output, cache: top)
      return []
    } catch {
      return error.all.map(\.message)
    }
  }

  @Test func foldersAreSearched() throws {
    let found = try find(".", from: "")
    #expect(
      found.map(\.path) == [
        "notebooks/a.md", "notebooks/deep/b.md", "sub/n.md", "week1/lab.MD", "week2/lab.markdown", "x/figures.md",
      ])
    #expect(found.map(\.outputName.text) == ["a", "deep/b", "n", "week1/lab", "week2/lab", "x/figures"])
    #expect(found.allSatisfy { !$0.isNamed })
    #expect(Set(found.map(\.folders.outputs)) == [project.appending("outputs"), project.appending("sub/outputs")])
    #expect(try find("..", from: "week1").map(\.path).prefix(2) == ["../notebooks/a.md", "../notebooks/deep/b.md"])
    #expect(try find(top.text, from: "week1").count == 6)
  }

  /// Whatever leads to `notebooks/a.md`, and how it is shown where one stands.
  @Test(arguments: [
    ("notebooks/a.md", "", "notebooks/a.md"), ("./notebooks/a.md", "", "notebooks/a.md"),
    ("notebooks//a.md", "", "notebooks/a.md"), ("notebooks/./deep/../a.md", "", "notebooks/a.md"),
    ("week1/../notebooks/a.md", "", "notebooks/a.md"), ("a.md", "notebooks", "a.md"),
    ("../a.md", "notebooks/deep", "../a.md"),
    ("../notebooks/a.md", "week1", "../notebooks/a.md"), ("PROJECT/notebooks/a.md", "", "notebooks/a.md"),
    ("PROJECT/notebooks/a.md", "week1", "../notebooks/a.md"),
    ("PROJECT/notebooks/a.md", "..", "project/notebooks/a.md"),
    ("project/notebooks/a.md", "..", "project/notebooks/a.md"), ("linked/a.md", "", "notebooks/a.md"),
    ("linked/deep/../a.md", "", "notebooks/a.md"), ("other.md", "", "notebooks/a.md"), ("bare", "", "notebooks/a.md"),
    ("../entry/notebooks/a.md", "", "notebooks/a.md"),
    ("PROJECT/notebooks/a.md", "../elsewhere", "PROJECT/notebooks/a.md"),
    ("away/../notebooks/a.md", "", "notebooks/a.md"),
  ])
  func everySpellingIsTheSamePlace(spelling: String, from folder: String, shown: String) throws {
    try link("linked", to: "notebooks")
    try link("other.md", to: "notebooks/a.md")
    try link("bare", to: "other.md")
    try link("../entry", to: "project")
    // The folder above a folder behind a link is not the one above the link.
    try link("away", to: "week1")
    try FileManager.default.createDirectory(atPath: top.appending("elsewhere").text, withIntermediateDirectories: true)
    let found = try find(spelling.replacing("PROJECT", with: project.text), from: folder)
    #expect(found.map(\.path) == [shown.replacing("PROJECT", with: project.text)])
    #expect(found.map(\.place.root) == [project] && found.map(\.place.name.text) == ["notebooks/a.md"])
    #expect(found.map(\.report) == [project.appending("outputs/a")])
    #expect(found.map(\.folders.state) == [project.appending(".nbrun")])
  }

  @Test func aFolderBehindALinkIsAFolder() throws {
    try link("linked", to: "notebooks")
    #expect(try find("linked").map(\.path) == ["notebooks/a.md", "notebooks/deep/b.md"])
    // One of those in a folder is not followed: what is there is found there.
    #expect(try find(".").filter { $0.place.name.text == "notebooks/a.md" }.count == 1)
  }

  /// A folder of reports is called as its notebook is, whatever an address would have to escape.
  @Test(arguments: ["a b", "100 % sure", "a%20b", "a#b?c&d", "é", "x%2f..%2fy", "\"><img src=x>", "a\nb", "-"])
  func namesAreTakenAsTheyAre(name: String) throws {
    try make("notebooks/\(name).md")
    #expect(try find("notebooks/\(name).md").map(\.outputName) == [FilePath(name)])
  }

  @Test func aNotebookOutsideAnyProjectIsItsFoldersOwn() throws {
    let lone = top.appending("lone")
    try FileManager.default.createDirectory(atPath: lone.text, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: lone.appending("x.md").text))
    let found = try NotebookFinder.find(["lone/x.md"], currentFolder: top, cache: top)
    #expect(found.map(\.report) == [lone.appending("outputs/x")] && found.map(\.path) == ["lone/x.md"])
    #expect(Project(of: FilePath("/")).root == FilePath("/"))
    #expect(
      ProjectFolders(of: Project(of: FilePath("/")), output: nil, cache: FilePath("/cache")).outputs.text == "/outputs")
  }

  @Test func theSameFileTwiceIsOneNotebook() throws {
    let found = try find("notebooks", "notebooks/deep/../a.md")
    #expect(found.count == 2 && found.map(\.isNamed) == [true, false])
  }

  @Test func notebooksThatWouldWriteInOnePlaceAreRefused() throws {
    let both = "would both write to the folder"
    for path in ["a.md", "a/figures.md", "notebooks/week1/lab.md", "week1/lab.md"] { try make(path) }
    #expect(messages("a.md", "notebooks/a.md") == ["\"a.md\" and \"notebooks/a.md\" \(both) \"a\"; rename one"])
    #expect(messages("week1/lab.md", "notebooks/week1/lab.md").count == 1)
    #expect(messages("week1/lab.md", "week1/lab.MD").count == 1)
    #expect(messages("week1/lab.md", "week2/lab.markdown") == [])
    #expect(
      messages("a/figures.md", "a.md") == ["\"a.md\" and \"a/figures.md\" \(both) \"a/figures\"; rename one"])
    // In one folder of reports even those of several projects.
    try make("sub/a.md")
    #expect(messages("a.md", "sub/a.md") == [])
    #expect(messages("a.md", "sub/a.md", output: top.appending("out")).count == 1)
  }

  @Test(arguments: ["README.md.md", "index.html.md", "notebooks/Index.HTML.md", "README.md/x.md"])
  func thePagesOverAllNotebooksKeepTheirPlaces(path: String) throws {
    if path.hasPrefix("README.md/") { try FileManager.default.removeItem(atPath: project.appending("README.md").text) }
    try make(path)
    #expect(messages(path).first?.contains("would stand where the page over all notebooks does") == true)
  }

  /// Every file name of two characters, before `.md` and as a whole: its report has a folder of its own below the outputs, or there
  /// is none.
  @Test func everyShortNameHasAFolderOfItsOwn() throws {
    let characters = (1...255).compactMap(UnicodeScalar.init).filter { $0 != "/" }.map(String.init)
    var names = characters + characters.flatMap { a in [".", "m", "A", "\u{301}", " "].flatMap { [a + $0, $0 + a] } }
    names += names.map { $0 + ".md" } + [".md", "..md", "...md", "....md"]
    let outputs = project.appending("outputs")
    var owners: [FilePath: FilePath] = [:]
    for name in Set(names.map(FilePath.init)).sorted() where ![".", ".."].contains(name.text) {
      let file = project.appending("short").appending(name)
      try FileManager.default.createDirectory(atPath: file.parent.text, withIntermediateDirectories: true)
      let descriptor = open(file.text, O_CREAT | O_WRONLY, 0o644)
      try #require(descriptor >= 0)
      close(descriptor)
      guard let found = try? find("short/\(name)").first else { continue }
      let folder = found.report.below(outputs.appending("short"))
      #expect(folder?.parts.count == 1 && folder?.parts != [".."] && found.report.normalized == found.report, "\(name)")
      #expect(owners.updateValue(name, forKey: found.report) == nil, "\(name)")
    }
    #expect(owners.count > 2000)
  }

  @Test func linksThatLeadOutAreRefused() throws {
    try FileManager.default.createDirectory(atPath: top.appending("private").text, withIntermediateDirectories: true)
    let secret = top.appending("private/x.md")
    try Data("secret".utf8).write(to: URL(filePath: secret.text))
    try link("notebooks/x.md", to: secret.text)
    try link("notebooks/gone.md", to: "nowhere.md")
    try make("...md")
    try link("notebooks/over.md", to: "../...md")
    #expect(messages("notebooks/x.md").first?.contains("is a link to \(secret), outside its project") == true)
    #expect(messages("notebooks/gone.md") == ["\"notebooks/gone.md\" is a link that leads nowhere"])
    #expect(messages("notebooks/over.md").first?.contains("leaves none for the folder of its report") == true)
    #expect(messages("notebooks").count == 3)
  }

  @Test func everythingThatIsMissingIsSaidAtOnce() throws {
    try make("none/readme.MD")
    let messages = messages(
      "notebooks/aa.md", "notebooks/notes.txt", "notebooks/.hidden/x", "", "-", "none", "chek", "q")
    #expect(messages.count == 8)
    #expect(messages[0].hasSuffix("did you mean \"notebooks/a.md\"?"))
    #expect(messages[1].contains("is no notebook"))
    #expect(messages[2] == "there is no file or folder \"notebooks/.hidden/x\"")
    #expect(messages[4].contains("standard input can be checked, not run"))
    #expect(messages[5].contains("there is no notebook (*.md) below the folder"))
    #expect(messages[6].hasSuffix("did you mean the command \"check\"?"))
    #expect(messages[7] == "there is no file or folder \"q\"")
  }
}
