import NbrunMarkup

/// Writes a document, or some of its blocks, as HTML.
///
/// The walk is iterative. Without `.unsafe`, raw HTML is shown as text and links that could run something lose their
/// destination.
package struct HTMLRenderer<Delegate: HTMLRenderingDelegate> {
  let document: MarkdownDocument
  let form: HTMLForm
  /// What writes cells, images, inline values and links in its own way.
  package var delegate: Delegate
  /// Cells that tables may still be filled up with; see `TableRendering`.
  var cellBudget = 200_000
  /// Whether the link being written is only its text.
  var isLinkDropped = false
  /// Whether blocks say which way their text runs, because some of the document's runs from right to left.
  let isBidirectional: Bool
  /// The addresses that links have led to already: paper shows each once.
  var seenAddresses: Set<String> = []

  package init(_ document: MarkdownDocument, form: HTMLForm, delegate: Delegate) {
    self.document = document
    self.form = form
    self.delegate = delegate
    isBidirectional = form == .styled && TextDirection.hasRightToLeft(document.source.bytes)
  }

  /// Writes the whole document, footnotes last.
  package mutating func render(to writer: inout MarkupWriter) {
    writer.reserve(document.source.bytes.count + document.source.bytes.count / 4)
    for block in document.topLevelBlocks { render(block, to: &writer) }
    renderFootnotes(to: &writer)
  }

  /// Writes one block, for reports that put something between blocks.
  package mutating func render(_ block: NodeID, to writer: inout MarkupWriter) { walk(from: block, to: &writer) }

  /// Writes only the inlines of a heading, a paragraph or a table cell, without its own element.
  package mutating func renderInlines(of block: NodeID, to writer: inout MarkupWriter) {
    for inline in document.children(of: block) { walk(from: inline, to: &writer) }
  }

  /// A step of the walk: a node is entered, and left once its children have been written.
  private mutating func walk(from root: NodeID, to writer: inout MarkupWriter) {
    var node = root
    while true {
      let entersChildren = enter(node, to: &writer)
      let child = document.store[node].firstChild
      if entersChildren, child.exists {
        node = child
        continue
      }
      if entersChildren { leave(node, to: &writer) }
      while true {
        if node == root { return }
        let next = document.store[node].next
        if next.exists {
          node = next
          break
        }
        node = document.store[node].parent
        leave(node, to: &writer)
      }
    }
  }

  /// Writes what stands before a node's children, and says whether they are to be written too.
  private mutating func enter(_ id: NodeID, to writer: inout MarkupWriter) -> Bool {
    let node = document.store[id]
    return node.kind.isInline ? enterInline(id, node, to: &writer) : enterBlock(id, node, to: &writer)
  }

  /// Writes what stands after a node's children.
  private mutating func leave(_ id: NodeID, to writer: inout MarkupWriter) {
    let node = document.store[id]
    if node.kind.isInline { leaveInline(node, to: &writer) } else { leaveBlock(id, node, to: &writer) }
  }
}

extension MarkupWriter {
  /// Opens an element whose content begins on a line of its own.
  mutating func openLine(_ name: String, _ attributes: Attributes = [:]) {
    open(name, attributes)
    newline()
  }

  /// Ends the element that was opened last, and its line.
  mutating func closeLine() {
    close()
    newline()
  }
}

package enum HTMLForm: Sendable {
  case plain
  /// Raw HTML and every link go through as they are. Only for sources that are trusted.
  case unsafe
  /// For pages with a style sheet of their own: cells are aligned by the classes `left`, `center` and `right` instead of GitHub's
  /// `align`, which is obsolete, the boxes of tasks have labels, blocks in a document of two directions say theirs, and a link whose
  /// address paper need not show beside it (the text is the address, or it has been shown before) has the class `shown`.
  case styled
}

extension MarkdownDocument {
  package func html(_ form: HTMLForm = .plain) -> String {
    var writer = MarkupWriter()
    var renderer = HTMLRenderer(self, form: form, delegate: PlainHTMLRendering())
    renderer.render(to: &writer)
    return writer.string
  }
}
