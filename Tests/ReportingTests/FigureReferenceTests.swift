import NbrunAssignmentSteps
import NbrunFilePaths
import Foundation
import NbrunNotebooks
import NbrunPlotting
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// `[](#cell.figure)` in prose, and the numbers that figures have.
@Suite struct FigureReferenceTests {
  private func report(_ prose: String, failing: Bool = false) -> Report {
    let notebook = NotebookParser.parse(
      (prose + "\n\n```nbrun\nstep: train\nid: train\n```\n").utf8, path: "notebooks/x.md", context: .none)
    var record = SampleNotebook.shortRecord
    record.title = "T"
    if failing { for cell in record.cells.indices { record.cells[cell].outcome = .notRun(.interrupted) } }
    return Report(record: record, notebook: notebook, plan: nil, place: SampleNotebook.place)
  }

  @Test func areLinksToNumberedFigures() throws {
    let figures = SampleNotebook.shortRecord.cells.flatMap { cell in
      (cell.outcome.results?.figures ?? []).map { (cell.id, $0.name) }
    }
    let (cell, figure) = try #require(figures.last)
    let label = "Figure \(figures.count)"
    let anchor = "figure.\(cell).\(figure)"
    let report = report("See [](#\(cell).\(figure)), [words](#\(cell).\(figure)) and [](#nobody.x).")
    let page = HTMLReport.text(report)
    #expect(page.contains("See <a href=\"#\(anchor)\">\(label)</a>, <a href=\"#\(cell).\(figure)\">words</a> and"))
    #expect(page.contains("<span class=\"label\">\(label)</span>") || !page.contains("<figcaption>"))
    #expect(MarkdownReport.text(report).contains("See [\(label)](#\(anchor)), [words]"))
    #expect(JupyterReport.text(report).contains("See [\(label)](#cell-id=\(cell)), [words]"))
  }

  /// Tables have numbers through the report, those of prose and those of cells' claims.
  @Test func areLinksToNumberedTables() {
    let report = report(
      "| a |\n|---|\n| b |\n\nSee [](#table.1), [](#conv-forward.table), [](#table.2) and [](#nobody.table).")
    let page = HTMLReport.text(report)
    #expect(page.contains("See <a href=\"#table.1\">Table 1</a>, <a href=\"#table.conv-forward\">Table 2</a>, <a href"))
    #expect(page.contains(#"<div class="scroll" id="table.1" role="group" aria-label="Table 1">"#))
    #expect(page.contains(##"<th scope="col">Table 2<a class="anchor" href="#table.conv-forward""##))
    #expect(page.contains(">Table 1 #</a></div>"))
    let markdown = MarkdownReport.text(report)
    #expect(markdown.contains("See [Table 1](#table.1), [Table 2](#table.conv-forward), [](#table.2)"))
    #expect(markdown.contains("| b |\n\n<a id=\"table.1\"></a>Table 1\n\nSee"))
    #expect(markdown.contains("| <a id=\"table.conv-forward\"></a>Table 2 |"))
    #expect(JupyterReport.text(report).contains("See Table 1, [Table 2](#cell-id=conv-forward), "))
  }

  /// What the notebook says of a cell's table stands behind its number, above it.
  @Test func tablesHaveCaptions() throws {
    let cell =
      "```nbrun\nstep: network-summary\nid: x\nexpect: parameters > 1\ncaption: table:  The <sizes>. \n```\n"
    let notebook = NotebookParser.parse(
      ("See [](#x.table).\n\n" + cell).utf8, path: "notebooks/x.md", context: .none)
    let plan = try Planner(steps: assignmentSteps).plan(notebook)
    let record = Samples.record(plan.cells.map { CellRecord(notYetRun: $0) })
    let report = Report(record: record, notebook: notebook, plan: plan, place: SampleNotebook.place)
    let page = HTMLReport.text(report)
    #expect(page.contains("See <a href=\"#table.x\">Table 1</a>."))
    #expect(
      page.contains("<caption><span class=\"label\">Table 1</span> <span>The &lt;sizes&gt;.</span><a class=\"anchor\""))
    #expect(page.contains("<th scope=\"col\">metric</th>"))
    #expect(
      MarkdownReport.text(report).contains("<a id=\"table.x\"></a>Table 1: The \\<sizes\\>.\n\n| metric | measured |"))
    #expect(JupyterReport.text(report).contains("Table 1: The"))
  }

  @Test func figuresAreCalledByTheirNumbers() throws {
    let text = MarkdownReport.text(SampleNotebook.shortReport)
    let found = text.matches(of: #/<a id="figure\.[^"]*"></a>\*\*Figure ([0-9]+)\. /#).compactMap { Int($0.1) }
    #expect(!found.isEmpty && found == Array(1...max(found.count, 1)))
    #expect(JupyterReport.text(SampleNotebook.shortReport).contains("**Figure 1. "))
    #expect(HTMLReport.text(SampleNotebook.shortReport).contains("<span class=\"label\">Figure 1</span> "))
  }
}
