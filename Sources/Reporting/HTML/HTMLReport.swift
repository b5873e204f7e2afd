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
    HTMLPage.page(title: report.record.title, style: style, script: script) { body in
      body.element("a", ["class": "skip", "href": "#content."], text: "Skip to the text")
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
    for block in report.blocks {
      switch block {
      case .prose(let nodes): for node in nodes { prose.write(node, to: &main) }
      case .cell(let cell): HTMLCell(cell: cell).write(to: &main)
      case .listing(let listing): HTMLListing(listing: listing).write(to: &main)
      }
    }
    prose.writeFootnotes(to: &main)
  }

  static let style =
    StyleSheet.colours + MathFormula.styleSheet + StyleSheet.layout + Figure.styleSheet + StyleSheet.print
}
