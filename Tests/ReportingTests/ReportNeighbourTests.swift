import NbrunFilePaths
import Foundation
import NbrunNotebooks
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// The order of a folder's notebooks, the ways between their reports, and what a report tells those who show a link to it.
@Suite struct ReportNeighbourTests {
  private static let cell = "```nbrun\nstep: train\nid: t\n```\n"

  private func inFolder(_ files: [String: String], _ body: (FilePath) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "neighbours-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let notebooks = folder.appending(path: "notebooks")
    try FileManager.default.createDirectory(at: notebooks, withIntermediateDirectories: true)
    for (name, text) in files {
      let file = notebooks.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(FilePath(folder.path()))
  }

  private func report(_ name: String, in root: FilePath, frontMatter: String = "") throws -> Report {
    let file = FilePath("notebooks/\(name)")
    let notebook = NotebookParser.parse(
      try root.appending(file).read(upTo: 1 << 20), path: file.text, place: NotebookPlace(root: root, name: file),
      context: .none)
    let folder = root.appending("outputs").appending(try #require(ReportLayout.folder(ofNotebook: file)))
    return Report(
      record: Samples.record([], title: notebook.title), notebook: notebook, plan: nil,
      place: ReportPlace(of: notebook, folder: folder))
  }

  @Test func reportsLeadToTheirNeighbours() throws {
    let files = [
      "c.md": "---\ntitle: Third & last\norder: 30\n---\n" + Self.cell,
      "a b.md": "---\norder: 1\n---\n# First\n\n" + Self.cell,
      "b.md": "---\norder: 2\ntitle: Second\n---\n" + Self.cell, "none.md": "---\ntitle: None\n---\n" + Self.cell,
      "words.md": "---\norder: 3\n---\nNo cell.\n", "README.md": "---\norder: 4\n---\n" + Self.cell,
      "wrong.md": "---\norder: x\n---\n" + Self.cell,
    ]
    try inFolder(files) { root in
      let middle = try report("b.md", in: root)
      #expect(
        middle.place.ways(reportFile: "report.html", overview: "index.html").map { "\($0.text) \($0.address)" }
          == ["All reports ../index.html", "← First ../a%20b/report.html", "Third & last → ../c/report.html"])
      let page = HTMLReport.text(middle)
      #expect(page.contains("<a class=\"next\" rel=\"next\" href=\"../c/report.html\">Third &amp; last →</a>"))
      #expect(
        MarkdownReport.text(middle).contains(
          "[All reports](../README.md) · [← First](../a%20b/README.md) · [Third \\& last →](../c/README.md)"))
      #expect(JupyterReport.text(middle).contains("(../c/report.ipynb)"))
      #expect(try report("a b.md", in: root).place.neighbours.previous == nil)
      #expect(try report("c.md", in: root).place.neighbours.next == nil)
      #expect(try report("none.md", in: root).place.neighbours == ReportNeighbours())
    }
  }

  /// The lists of an `index.md` say the order, each file once; what they leave out has no place, whatever its front matter says.
  @Test func anIndexOrdersItsFolder() throws {
    let index = """
      The last is [z](z.md).

      1. [One](b.md#part), [gone](gone.md), ![image](c.md)
      2. - [Two](./a%20b.md?x) and [one again](b.md)
         - [Elsewhere](deep/c.md), [above](../c.md), [here](.), [words](words.md)
      3. [z](z.md)

      """
    let files = [
      "index.md": index, "b.md": "# First\n\n" + Self.cell, "a b.md": "---\norder: 9\n---\n# Second\n\n" + Self.cell,
      "c.md": "---\norder: 1\n---\n# Unlisted\n\n" + Self.cell, "words.md": "No cell.\n",
      "z.md": "# Last\n\n" + Self.cell,
    ]
    try inFolder(files) { root in
      let middle = try report("a b.md", in: root)
      #expect(
        middle.place.ways(reportFile: "report.html", overview: "index.html").map { "\($0.text) \($0.address)" }
          == ["All reports ../index.html", "← First ../b/report.html", "Last → ../z/report.html"])
      let orders = try ["b.md", "a b.md", "c.md", "z.md"].map { try report($0, in: root).place.neighbours.order }
      #expect(orders == [1, 3, nil, 6] && ReportFiles(middle).results.order == 3)
      #expect(try report("c.md", in: root).place.neighbours == ReportNeighbours())
      #expect(try report("b.md", in: root).place.neighbours.previous == nil)
      #expect(try report("z.md", in: root).place.neighbours.next == nil)
    }
    // One whose lists name no notebook says nothing.
    try inFolder(["index.md": "[b](b.md)\n\n- a\n", "b.md": "---\norder: 7\n---\n" + Self.cell]) { root in
      let alone = try report("b.md", in: root)
      #expect(alone.place.neighbours.order == 7)
    }
  }

  /// An index orders what is below its folder too; a folder's own index goes before one above it.
  @Test func anIndexOrdersFoldersBelowIt() throws {
    let files = [
      "index.md":
        "- [a](a.md)\n- [b](part/b.md)\n- [c](part/deep/c.md)\n- [d](d.md)\n- [out](../out.md)\n- [e](own/e.md)\n",
      "a.md": "# A\n\n" + Self.cell, "part/b.md": "# B\n\n" + Self.cell, "part/deep/c.md": "# C\n\n" + Self.cell,
      "d.md": "# D\n\n" + Self.cell, "part/none.md": "---\norder: 4\n---\n# N\n\n" + Self.cell,
      "own/index.md": "- [e](e.md)\n- [f](f.md)\n", "own/e.md": "# E\n\n" + Self.cell,
      "own/f.md": "# F\n\n" + Self.cell,
    ]
    try inFolder(files) { root in
      func ways(_ name: String) throws -> [String] {
        try report(name, in: root).place.ways(reportFile: "r.html", overview: "index.html").map {
          "\($0.text) \($0.address)"
        }
      }
      for (name, expected) in [
        ("a.md", ["All reports ../index.html", "B → ../part/b/r.html"]),
        ("part/b.md", ["All reports ../../index.html", "← A ../../a/r.html", "C → ../deep/c/r.html"]),
        ("part/deep/c.md", ["All reports ../../../index.html", "← B ../../b/r.html", "D → ../../../d/r.html"]),
        ("own/e.md", ["All reports ../../index.html", "F → ../f/r.html"]),
      ] {
        let found = try ways(name)
        #expect(found == expected)
      }
      // What no index lists has the place that it gives itself.
      let unlisted = try report("part/none.md", in: root)
      #expect(unlisted.place.neighbours.order == 4)
    }
  }

  @Test func theOverviewIsInTheirOrder() throws {
    func entry(_ folder: String, _ order: Int?) -> IndexPages.Entry {
      var results = ResultsFile(Samples.record([], title: folder), files: [])
      results.order = order
      return IndexPages.Entry(folder: folder, results: results, files: [])
    }
    let entries = [entry("z", nil), entry("b", 2), entry("x/a", 9), entry("a", nil), entry("c", 1)]
    #expect(entries.sorted { $0.place < $1.place }.map(\.folder) == ["c", "b", "a", "z", "x/a"])
    let text = entries[1].results.text
    #expect(try ResultsFile.read(text.utf8).order == 2 && text.contains("\"order\": 2"))
  }

  @Test func theOverviewSaysWhatWasTested() {
    func summary(_ records: RunRecord...) -> String {
      IndexPages.summary(records.map { .init(folder: "x", results: ResultsFile($0, files: []), files: []) })
    }
    #expect(summary(VerdictTests.standIn) == "1 notebook, not tested; 4 claims not tested")
    #expect(summary(VerdictTests.broken).hasSuffix(" held, 1 broken"))
    #expect(summary(VerdictTests.nothingClaimed) == "1 notebook, passed; no claims")
    #expect(summary(SampleNotebook.record, SampleNotebook.record).hasPrefix("2 notebooks, all passed; "))
    #expect(
      summary(SampleNotebook.record, VerdictTests.standIn, VerdictTests.broken)
        .hasPrefix("3 notebooks, 1 passed, 1 not tested, 1 failed; "))
  }

  @Test(arguments: [
    ("", ""), ("url: https://a.org/b\n", "https://a.org/b/"), ("url: http://a.org/\n", "http://a.org/"),
  ])
  func previewsAreToldWhatToShow(frontMatter: String, folder: String) throws {
    try inFolder(["n.md": "---\ntitle: A <title>\n\(frontMatter)---\n" + Self.cell]) { root in
      let page = HTMLReport.text(try report("n.md", in: root))
      #expect(page.contains("<meta property=\"og:title\" content=\"A &lt;title&gt;\">"))
      #expect(page.contains("<meta property=\"og:image\" content=\"\(folder)card.png\">"))
      #expect(page.contains("og:url") == !folder.isEmpty)
      #expect(folder.isEmpty || page.contains("<meta property=\"og:url\" content=\"\(folder)report.html\">"))
    }
  }
}
