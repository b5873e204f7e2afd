import Diagnostics
import Foundation
import Testing

@testable import CommandLineInterface

@Suite final class NotebookFinderTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "nbrun-finder-\(UUID().uuidString)")
    .path()

  init() throws {
    for path in [
      "notebooks/a.md", "notebooks/deep/b.md", "notebooks/.hidden/c.md", "notebooks/notes.txt", "other/a.md",
    ] {
      let file = URL(filePath: "\(folder)/\(path)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("# A\n".utf8).write(to: file)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func foldersAreSearchedAndNamesComeFromTheNotebooksFolder() throws {
    let found = try NotebookFinder.find(["\(folder)/notebooks"])
    #expect(found.map(\.outputName) == ["a", "deep/b"])
    #expect(found.map(\.path) == ["\(folder)/notebooks/a.md", "\(folder)/notebooks/deep/b.md"])
  }

  /// A folder of reports is called as its notebook is, whatever an address would have to escape.
  @Test(arguments: ["a b", "100 % sure", "a%20b", "a#b?c&d", "é", "x%2f..%2fy", "\"><img src=x>"])
  func namesAreTakenAsTheyAre(name: String) throws {
    try Data("# A\n".utf8).write(to: URL(filePath: "\(folder)/notebooks/\(name).md"))
    #expect(try NotebookFinder.find(["\(folder)/notebooks/\(name).md"]).map(\.outputName) == [name])
  }

  @Test func theSameFileTwiceIsOneNotebook() throws {
    #expect(try NotebookFinder.find(["\(folder)/notebooks/a.md", "\(folder)/notebooks/deep/../a.md"]).count == 1)
  }

  @Test func twoThatWouldShareAFolderAreRefused() {
    #expect {
      try NotebookFinder.find(["\(folder)/notebooks/a.md", "\(folder)/other/a.md"])
    } throws: { error in
      (error as? DiagnosticList)?.all.first?.message.contains("would both write to the folder \"a\"") == true
    }
  }

  @Test func everythingThatIsMissingIsSaidAtOnce() {
    #expect {
      try NotebookFinder.find([
        "\(folder)/notebooks/aa.md", "\(folder)/notebooks/notes.txt", "\(folder)/notebooks/.hidden/x",
      ])
    } throws: { error in
      let messages = (error as? DiagnosticList)?.all.map(\.message) ?? []
      return messages.count == 3 && messages[0].hasSuffix("did you mean \"\(folder)/notebooks/a.md\"?")
        && messages[1].contains("is no notebook")
    }
  }
}
