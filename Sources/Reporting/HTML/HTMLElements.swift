import NbrunMarkdown
import NbrunMarkup

extension MarkupWriter {
  /// A frame that scrolls where what it holds is too wide for it.
  ///
  /// It begins with a stop for the tabulator key, which the style sheet shows only while there is something to scroll: those who use
  /// no mouse get everywhere, and stop nowhere for nothing.
  mutating func scroller(_ style: String, id: String? = nil, label: String, content: (inout MarkupWriter) -> Void) {
    element("div", ["class": style, "id": id, "role": "group", "aria-label": label]) { frame in
      frame.element(
        "span", ["class": "stop", "tabindex": "0", "role": "note", "aria-label": "\(label), scrolls"], text: "")
      content(&frame)
    }
  }

  /// What is folded away behind a few words, on paper too unless its style says otherwise.
  mutating func fold(_ summary: String, style: String, content: (inout MarkupWriter) -> Void) {
    element("details", ["class": style]) { details in
      details.element("summary", text: summary)
      content(&details)
    }
  }

  /// A table: its columns' headings, which `head` writes, and its rows.
  /// - Parameter caption: writes the table's caption, where it has one.
  mutating func table(
    _ attributes: Attributes = [:], head: (inout MarkupWriter) -> Void, rows: (inout MarkupWriter) -> Void,
    caption: (inout MarkupWriter) -> Void = { _ in }
  ) {
    element("table", attributes) { table in
      caption(&table)
      table.element("thead") { $0.element("tr", content: head) }
      table.element("tbody", content: rows)
    }
  }

  /// The words of a caption that are the notebook's.
  mutating func caption(_ text: String, in report: Report) {
    let language = report.ownLanguage.map { _ in report.language }
    element("span", ["lang": language, "dir": TextDirection.attribute(for: text)], text: text)
  }

  /// A link to where it stands, for those who want to send its address to somebody.
  mutating func permalink(_ id: String, of what: String, text: String = "#") {
    element("a", ["class": "anchor", "href": "#" + id, "aria-label": "Link to \(what)"], text: text)
  }
}
