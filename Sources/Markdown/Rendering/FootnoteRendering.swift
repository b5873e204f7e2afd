import NbrunMarkup

extension HTMLRenderer {
  func renderFootnoteReference(_ node: Node, to writer: inout MarkupWriter) {
    let reference = document.payloads.footnoteReferences[Int(node.payload)]
    let number = document.payloads.footnotes[reference.footnote].number
    writer.element("sup", ["class": "footnote-reference"]) { writer in
      writer.element(
        "a", ["href": "#footnote-\(number)", "id": Self.referenceAnchor(number, use: reference.use)], text: "\(number)")
    }
  }

  private static func referenceAnchor(_ number: Int, use: Int) -> String {
    use == 1 ? "footnote-reference-\(number)" : "footnote-reference-\(number)-\(use)"
  }

  /// Writes the footnotes that are referred to, in the order of their numbers.
  package mutating func renderFootnotes(to writer: inout MarkupWriter) {
    let used = document.payloads.footnotes.filter { $0.number > 0 }.sorted { $0.number < $1.number }
    guard !used.isEmpty else { return }
    writer.openLine("section", ["class": "footnotes", "aria-label": "Footnotes"])
    writer.openLine("ol")
    for footnote in used {
      writer.openLine("li", ["id": "footnote-\(footnote.number)"])
      renderFootnote(footnote, to: &writer)
      writer.closeLine()
    }
    writer.closeLine()
    writer.closeLine()
  }

  /// Writes a footnote's blocks; the links back stand at the end of its last paragraph.
  private mutating func renderFootnote(_ footnote: Footnote, to writer: inout MarkupWriter) {
    let last = document.store[footnote.definition].lastChild
    let endsInText = last.exists && document.kind(of: last) == .paragraph
    for block in document.children(of: footnote.definition) where !endsInText || block != last {
      render(block, to: &writer)
    }
    writer.open("p")
    if endsInText {
      renderInlines(of: last, to: &writer)
      writer.text(" ")
    }
    renderBackLinks(footnote, to: &writer)
    writer.closeLine()
  }

  private func renderBackLinks(_ footnote: Footnote, to writer: inout MarkupWriter) {
    for use in 1...max(1, footnote.uses) {
      let suffix = use == 1 ? "" : "-\(use)"
      if use > 1 { writer.text(" ") }
      writer.element(
        "a",
        [
          "href": "#" + Self.referenceAnchor(footnote.number, use: use), "class": "footnote-back",
          "aria-label": "Back to reference \(footnote.number)\(suffix)",
        ], text: "↩")
    }
  }
}
