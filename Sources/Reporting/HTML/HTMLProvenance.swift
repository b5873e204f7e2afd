import NbrunMarkup

/// The appendix of an HTML report: what computed it, from what, and how to compute it again.
struct HTMLProvenance {
  let report: Report

  func write(to main: inout MarkupWriter) {
    main.block("section", ["class": "provenance", "aria-labelledby": "provenance.", "lang": report.ownLanguage]) {
      section in
      section.newline()
      section.block("h2", ["id": "provenance."], text: "Where this comes from")
      section.block("dl") { list in
        for entry in report.provenance {
          list.element("dt", text: entry.name)
          list.block("dd") { write(entry.values, to: &$0) }
        }
      }
      writeCosts(to: &section)
    }
  }

  /// What each cell took, folded away.
  private func writeCosts(to section: inout MarkupWriter) {
    let rows = report.costs.rows
    guard rows.count > 1 else { return }
    section.fold("What each cell took", style: "opened") { details in
      details.scroller("scroll", label: "What each cell took") { frame in
        frame.table(["class": "numeric"]) { head in
          for (column, name) in RunCosts.headers.enumerated() {
            head.element("th", ["scope": "col", "class": column == 0 ? nil : "right"], text: name)
          }
        } rows: { body in
          for cost in rows {
            body.block("tr") { row in
              row.element("th", ["scope": "row"]) {
                $0.element("a", ["href": "#" + HTMLCell.anchor(cost.cell)], text: cost.cell.text)
              }
              for text in [cost.time, cost.processor, cost.memory] { row.element("td", text: text) }
            }
          }
        }
      }
    }
    section.newline()
  }

  /// The values, a line each; digests of several files behind a fold.
  private func write(_ values: [ProvenanceEntry.Value], to item: inout MarkupWriter) {
    let files = values.filter(\.isDigest)
    write(files.count > 2 ? values.filter { !$0.isDigest } : values, lines: &item)
    if files.count > 2 { item.fold("digests of \(files.count) files", style: "opened") { write(files, lines: &$0) } }
  }

  private func write(_ values: [ProvenanceEntry.Value], lines item: inout MarkupWriter) {
    for (index, value) in values.enumerated() {
      if index > 0 { item.void("br") }
      switch value {
      case .text(let text): item.text(text)
      case .code(let text): item.element("code", text: text)
      case .link(let text, let address): item.element("a", ["href": address], text: text)
      case .digest(let name, let digest):
        item.text(name + " ")
        item.element("code", text: digest)
      }
    }
  }
}

extension ProvenanceEntry.Value {
  fileprivate var isDigest: Bool { if case .digest = self { true } else { false } }
}
