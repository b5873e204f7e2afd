import NbrunMarkup

/// The table of contents of an HTML report: a column that stays in view on wide screens, folded away at the top on narrow ones.
struct HTMLContents {
  let report: Report

  /// The column of wide screens.
  func writeColumn(to body: inout MarkupWriter) {
    guard isWorthIt else { return }
    body.block("nav", ["class": "contents", "aria-label": "Contents"]) { writeList(to: &$0) }
  }

  /// The folded list of narrow screens.
  func writeFolded(to header: inout MarkupWriter) {
    guard isWorthIt else { return }
    header.block("details", ["class": "contents"]) { details in
      details.element("summary", text: "Contents")
      details.element("nav", ["aria-label": "Contents"]) { writeList(to: &$0) }
    }
  }

  private var isWorthIt: Bool { report.contents.count > 1 }

  private func writeList(to nav: inout MarkupWriter) {
    nav.element("ol") { list in
      for entry in report.contents {
        list.element("li", ["class": entry.isDeeper ? "deeper" : nil]) { item in
          item.element("a", ["href": "#" + (entry.heading.anchor ?? "")]) { link in
            link.text(entry.heading.text)
            if let trouble = entry.trouble {
              link.text(" ")
              link.element(
                "span", ["class": "trouble \(trouble.rawValue)"],
                text: "\(trouble == .notRun ? "–" : "✗") \(trouble.trouble)")
            }
          }
        }
      }
      list.element("li") { $0.element("a", ["href": "#provenance."], text: "Where this comes from") }
    }
  }
}
