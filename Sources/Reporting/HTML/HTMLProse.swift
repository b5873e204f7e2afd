import NbrunMarkdown
import NbrunMarkup
import NbrunSteps

/// The prose of a notebook in an HTML report: measured values in their places, images embedded, links to other notebooks leading
/// to their reports, Swift highlighted.
struct HTMLProse: HTMLRenderingDelegate {
  let report: Report

  mutating func render(_ block: FencedBlock, in document: MarkdownDocument, to writer: inout MarkupWriter) -> Bool {
    let code = CodeHighlighter(block.text, language: block.language)
    if CodeHighlighter.knows(block.language) {
      // Code may be wrapped; what else stands in a fence may be a drawing or a table, and scrolls.
      writer.element("pre", ["class": "wrapped"]) { $0.element("code") { code.write(to: &$0) } }
    } else {
      writer.scroller("scroll", label: "Text as it was written") { frame in
        frame.element("pre") { $0.element("code") { code.write(to: &$0) } }
      }
    }
    writer.newline()
    return true
  }

  mutating func destination(of link: Link, in document: MarkdownDocument) -> String? {
    if let reference = report.reference(link, in: document) { return "#" + reference.anchor }
    return report.place.destination(link.destination, reportFile: HTMLReport.fileName)
  }

  mutating func text(ofEmpty link: Link, in document: MarkdownDocument) -> String? {
    report.reference(link, in: document)?.text
  }

  mutating func render(image: Link, description: String, to writer: inout MarkupWriter) -> Bool {
    // An image that is not embedded would ask the network for it, or nothing at all: its description stands for it.
    if let embedded = report.images[image.destination] {
      writer.void("img", ["src": embedded.dataAddress, "alt": description, "title": image.title])
    } else {
      writer.element("em", text: description)
    }
    return true
  }

  mutating func render(_ value: InlineValue, to writer: inout MarkupWriter) -> Bool {
    switch InlineValueText(value, in: report) {
    case .number(let text):
      writer.element("span", ["class": "v", "title": "\(value.cell).\(value.metric)"], text: text)
    case .missing(let text):
      writer.element("em", ["class": "v missing", "title": "\(value.cell).\(value.metric)"]) { mark in
        // Where the cell is there, it says why.
        if let id = CellID(value.cell), report.record[id] != nil {
          mark.element("a", ["href": "#" + HTMLCell.anchor(id)], text: text)
        } else {
          mark.text(text)
        }
      }
    }
    return true
  }
}

/// Writes the prose blocks of a report, one renderer for all of them.
struct HTMLProseWriter {
  private let report: Report
  private var renderer: HTMLRenderer<HTMLProse>

  init(_ report: Report) {
    self.report = report
    renderer = HTMLRenderer(report.notebook.document, form: .styled, delegate: HTMLProse(report: report))
  }

  /// Blocks that can be wider than a narrow screen, with what those who cannot see them hear.
  private static let wideBlocks: [NodeKind: String] = [.table: "Table", .mathBlock: "Formula"]

  /// Writes one block: a heading with a link to itself, what is wide in a frame that scrolls, anything else as it is.
  mutating func write(_ block: NodeID, to main: inout MarkupWriter) {
    let document = report.notebook.document
    if let heading = document.heading(block) {
      main.open("h\(heading.level)", ["id": heading.anchor, "dir": TextDirection.attribute(for: heading.text)])
      renderer.renderInlines(of: block, to: &main)
      if let anchor = heading.anchor { main.permalink(anchor, of: "the section \(heading.text)") }
      main.close()
      main.newline()
    } else if let name = Self.wideBlocks[document.kind(of: block)], document.mathematics(block)?.isEmpty != true {
      let number = report.tableNumbers.prose[block]
      main.scroller("scroll", id: number.map { "table.\($0)" }, label: number.map { "Table \($0)" } ?? name) { frame in
        renderer.render(block, to: &frame)
        if let number { frame.permalink("table.\(number)", of: "table \(number)", text: "Table \(number) #") }
      }
      main.newline()
    } else {
      renderer.render(block, to: &main)
    }
  }

  mutating func writeFootnotes(to main: inout MarkupWriter) { renderer.renderFootnotes(to: &main) }
}
