import NbrunMarkdown
import NbrunMarkup
import NbrunSteps

/// The top of an HTML report: title, one line of result, status, what to know first, the headline numbers.
struct HTMLHead {
  let report: Report

  func write(to main: inout MarkupWriter) {
    main.block("header") { header in
      header.newline()
      let text = report.record.title
      header.block("h1", ["id": report.titleAnchor, "dir": TextDirection.attribute(for: text)]) { title in
        title.text(text)
        if let anchor = report.titleAnchor { title.permalink(anchor, of: "the report \(text)") }
      }
      writeLead(to: &header)
      writeStatus(to: &header)
      writeBanner(to: &header)
      writeCards(to: &header)
      HTMLContents(report: report).writeFolded(to: &header)
    }
  }

  private func writeLead(to header: inout MarkupWriter) {
    if let text = report.plainLead, !text.isEmpty {
      header.element("p", ["class": "lead", "dir": TextDirection.attribute(for: text)], text: text)
    }
    guard let lead = report.lead else { return }
    var renderer = HTMLRenderer(lead, form: .styled, delegate: HTMLProse(report: report))
    for block in lead.topLevelBlocks {
      header.open("p", ["class": "lead", "dir": TextDirection.attribute(for: lead.plainText(of: block))])
      renderer.renderInlines(of: block, to: &header)
      header.close()
      header.newline()
    }
  }

  private func writeStatus(to header: inout MarkupWriter) {
    let summary = report.summary
    let state = report.isRunning ? "running" : summary.state.rawValue
    header.block("p", ["class": "status \(state)", "lang": report.ownLanguage]) { line in
      line.text((report.isRunning ? "● running · " : summary.state.mark + " ") + summary.text)
      if let author = report.notebook.frontMatter.author?.value {
        line.element("span", ["class": "byline"], text: " · \(author)")
      }
    }
    guard !report.isRunning else { return }
    for (what, cells) in summary.troubles {
      Self.writeLinks(what.trouble, to: report.places(of: what, in: cells), in: &header)
    }
  }

  /// A line of links to cells or claims, behind what is to be said of them.
  static func writeLinks(_ what: String, to places: [(text: String, anchor: String)], in writer: inout MarkupWriter) {
    guard !places.isEmpty else { return }
    writer.block("p", ["class": "troubles"]) { line in
      line.text("\(what): ")
      for (index, place) in places.enumerated() {
        if index > 0 { line.text(", ") }
        line.element("a", ["href": "#" + place.anchor], text: place.text)
      }
    }
  }

  private func writeBanner(to header: inout MarkupWriter) {
    let notices = report.notices
    guard !notices.isEmpty else { return }
    header.block("div", ["class": "banner", "role": "note"]) { banner in
      for notice in notices {
        banner.element("p") { line in
          line.element("strong", text: notice.title)
          line.text(" " + notice.text)
          for option in notice.options {
            line.text(" ")
            line.element("code", text: option)
          }
        }
      }
    }
  }

  private func writeCards(to header: inout MarkupWriter) {
    guard !report.headlines.isEmpty else { return }
    header.block("ul", ["class": "cards", "aria-label": "Headline numbers"]) { list in
      for headline in report.headlines {
        list.element("li", ["class": headline.isStandIn ? "not-tested" : headline.status?.rawValue]) { card in
          card.element("b", text: headline.number)
          card.element("span", ["class": "what"], text: headline.label)
          card.element("span") { line in
            line.element("a", ["href": "#" + HTMLCell.anchor(headline.cell)], text: headline.cell.text)
          }
          if let published = headline.published { card.element("span", text: Self.withoutBreaks(published)) }
          if let claimed = headline.claimed {
            card.element("span", ["class": "claimed"], text: Self.withoutBreaks(claimed))
          }
        }
      }
    }
  }

  /// A comparison that breaks only behind its word: a number stays on the line of its sign and its unit, an exponent on its number's.
  private static func withoutBreaks(_ comparison: String) -> String {
    comparison.replacing(" ", with: "\u{A0}").replacing("ed\u{A0}", with: "ed ").replacing("e-", with: "e-\u{2060}")
  }
}

extension Report {
  /// Where a reader finds what is said of cells: each broken claim, or the cells.
  fileprivate func places(of what: CellView.Verdict, in cells: [CellID]) -> [(text: String, anchor: String)] {
    guard what == .broken else { return cells.map { ($0.text, HTMLCell.anchor($0)) } }
    return self.cells.filter { cells.contains($0.id) }.flatMap { cell in
      cell.rows.indices.filter { cell.rows[$0].status == .broken }.map {
        ("\(cell.id.text).\(cell.rows[$0].metric.text)", HTMLCell.claimAnchor(cell.rows, $0, in: cell.id))
      }
    }
  }
}
