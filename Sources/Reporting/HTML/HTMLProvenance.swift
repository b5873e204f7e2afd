import Markup

/// The appendix of an HTML report: what computed it, from what, and how to compute it again.
struct HTMLProvenance {
  let report: Report

  func write(to main: inout MarkupWriter) {
    main.element("section", ["class": "provenance", "aria-labelledby": "provenance.", "lang": report.ownLanguage]) {
      section in
      section.newline()
      section.element("h2", ["id": "provenance."], text: "Where this comes from")
      section.newline()
      section.element("dl") { list in
        for entry in report.provenance {
          list.element("dt", text: entry.name)
          list.element("dd") { write(entry.values, to: &$0) }
          list.newline()
        }
      }
      section.newline()
    }
    main.newline()
  }

  private func write(_ values: [ProvenanceEntry.Value], to item: inout MarkupWriter) {
    for (index, value) in values.enumerated() {
      if index > 0 { item.void("br") }
      switch value {
      case .text(let text): item.text(text)
      case .code(let text): item.element("code", text: text)
      case .digest(let name, let digest):
        item.text(name + " ")
        item.element("code", text: digest)
      }
    }
  }
}
