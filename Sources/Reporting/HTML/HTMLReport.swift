import NbrunMarkdown
import NbrunMarkup
import NbrunPlotting

extension ReportFormat {
  package static let html = ReportFormat(name: "html", fileName: HTMLReport.fileName) { report, _ in
    HTMLReport.text(report)
  }
}

/// A report as one HTML file: no script, no network, readable on any screen, on paper and aloud.
package enum HTMLReport {
  /// The file's name in a notebook's output folder.
  package static let fileName = "report.html"

  /// The file's text.
  /// - Parameter script: what a live page runs; a report runs nothing.
  package static func text(_ report: Report, script: String? = nil) -> String {
    HTMLPage.page(
      title: report.record.title, language: report.language, properties: properties(of: report),
      style: style(of: report), script: script
    ) { body in
      body.block("a", ["class": "skip", "href": "#content.", "lang": report.ownLanguage], text: "Skip to the text")
      HTMLContents(report: report).writeColumn(to: &body)
      body.block("main", ["id": "content."]) { main in
        main.newline()
        writeWays(of: report, label: "Reports", to: &main)
        HTMLHead(report: report).write(to: &main)
        write(report, to: &main)
        HTMLProvenance(report: report).write(to: &main)
        writeWays(of: report, label: "More reports", to: &main)
      }
    }
  }

  /// Links to all reports and to those before and after.
  private static func writeWays(of report: Report, label: String, to main: inout MarkupWriter) {
    let ways = report.place.ways(reportFile: fileName, overview: IndexPages.pageName)
    guard !ways.isEmpty else { return }
    main.block("nav", ["class": "ways", "aria-label": label]) { nav in
      for way in ways {
        nav.element(
          "a",
          [
            "class": way.relation, "rel": way.relation, "href": way.address,
            "lang": way.relation == nil ? report.ownLanguage : nil,
          ], text: way.text)
        nav.text(" ")
      }
    }
  }

  /// What those who show a link to the page are told of it (Open Graph protocol).
  private static func properties(of report: Report) -> [(name: String, content: String)] {
    let card = ReportCard(report)
    let folder = report.notebook.frontMatter.url?.value
    return [
      ("og:type", "article"), ("og:title", report.record.title),
      ("og:description", report.plainDescription ?? report.summary.text),
      ("og:url", folder.map { $0 + fileName } ?? ""),
      ("og:image", (folder ?? "") + ReportCard.fileName), ("og:image:width", "\(ReportCard.width)"),
      ("og:image:height", "\(ReportCard.height)"), ("og:image:alt", card.words),
    ].filter { !$0.1.isEmpty }
  }

  private static func write(_ report: Report, to main: inout MarkupWriter) {
    var prose = HTMLProseWriter(report)
    let listings = report.blocks.map { if case .listing = $0 { true } else { false } }
    for (index, block) in report.blocks.enumerated() {
      switch block {
      case .prose(let nodes): for node in nodes { prose.write(node, to: &main) }
      case .cell(let cell): HTMLCell(cell: cell, report: report).write(to: &main)
      case .listing(let listing):
        let isInRow = [index - 1, index + 1].contains { listings.indices.contains($0) && listings[$0] }
        HTMLListing(listing: listing, isInRow: isInRow).write(to: &main)
      }
    }
    prose.writeFootnotes(to: &main)
  }

  /// The style sheet of a report: the same for all, but for what only drawings with readings need.
  private static func style(of report: Report) -> String {
    let hasReadings = report.cells.contains { cell in
      cell.figures.contains { if case .panels = $0.figure.content { true } else { false } }
    }
    return style + (hasReadings ? readings : "") + StyleSheet.print
  }

  private static let style =
    StyleSheet.colours + MathFormula.styleSheet + StyleSheet.layout + StyleSheet.verdicts + Figure.styleSheet
    + StyleSheet.figures
  /// The style sheet of pages that show figures as reports do.
  static let pageStyle = style + readings + StyleSheet.print
  private static let readings = StyleSheet.readings(most: Figure.mostReadings)
}
