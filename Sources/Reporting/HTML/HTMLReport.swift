import Markdown
import Markup
import Plotting
import Running
import Steps

/// A report as one HTML file: no script, no network, readable on any screen, on paper and aloud.
public enum HTMLReport {
  /// The file's name in a notebook's output folder.
  public static let fileName = "report.html"

  /// The file's text.
  public static func text(_ report: Report) -> String {
    text(report, script: nil)
  }

  /// The page of a report, with a script where it is a live one.
  static func text(_ report: Report, script: String?) -> String {
    HTMLPage.page(title: report.record.title, language: report.language, style: style(of: report), script: script) {
      body in
      body.element("a", ["class": "skip", "href": "#content.", "lang": report.ownLanguage], text: "Skip to the text")
      body.newline()
      HTMLContents(report: report).writeColumn(to: &body)
      body.element("main", ["id": "content."]) { main in
        main.newline()
        HTMLHead(report: report).write(to: &main)
        write(report, to: &main)
        HTMLProvenance(report: report).write(to: &main)
      }
      body.newline()
    }
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
    StyleSheet.colours + MathFormula.styleSheet + StyleSheet.layout + StyleSheet.standing + Figure.styleSheet
    + StyleSheet.figures
  private static let readings = StyleSheet.readings(most: Figure.mostReadings)
}
