import Markdown
import Markup
import Notebooks
import Running

/// The prose of a notebook in an HTML report: measured values in their places, images embedded, links to other notebooks leading
/// to their reports, Swift highlighted.
struct HTMLProse: HTMLRenderingDelegate {
  let report: Report

  mutating func render(_ block: FencedBlock, in document: MarkdownDocument, to writer: inout MarkupWriter) -> Bool {
    writer.element("pre", ["tabindex": "0"]) { pre in
      pre.element("code") { code in
        if block.language == "swift" {
          SwiftHighlighter.write(block.text, to: &code)
        } else {
          code.text(block.text)
        }
      }
    }
    writer.newline()
    return true
  }

  mutating func destination(of link: Link, in document: MarkdownDocument) -> String? {
    report.place.destination(link.destination, reportFile: HTMLReport.fileName)
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
      writer.element("em", ["class": "v missing", "title": "\(value.cell).\(value.metric)"], text: text)
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
    renderer = HTMLRenderer(report.notebook.document, options: .styled, delegate: HTMLProse(report: report))
  }

  /// Blocks that can be wider than a narrow screen, with what those who cannot see them hear.
  private static let wideBlocks: [NodeKind: String] = [.table: "Table", .mathBlock: "Formula"]

  /// Writes one block: a heading with a link to itself, what is wide in a frame that scrolls, anything else as it is.
  mutating func write(_ block: NodeID, to main: inout MarkupWriter) {
    let document = report.notebook.document
    if let heading = document.heading(block) {
      main.open("h\(heading.level)", ["id": heading.anchor])
      renderer.renderInlines(of: block, to: &main)
      if let anchor = heading.anchor {
        main.element("a", ["class": "anchor", "href": "#" + anchor, "aria-label": "Link to this section"], text: "#")
      }
      main.close()
      main.newline()
    } else if let name = Self.wideBlocks[document.kind(of: block)] {
      main.element("div", ["class": "scroll", "role": "group", "aria-label": name, "tabindex": "0"]) {
        renderer.render(block, to: &$0)
      }
      main.newline()
    } else {
      renderer.render(block, to: &main)
    }
  }

  /// Writes the footnotes.
  mutating func writeFootnotes(to main: inout MarkupWriter) {
    renderer.renderFootnotes(to: &main)
  }
}

/// A declaration of the program's own source in an HTML report.
struct HTMLListing {
  let listing: Listing

  func write(to main: inout MarkupWriter) {
    let lines = listing.declaration.lines
    main.element("figure", ["class": "listing"]) { figure in
      figure.element("figcaption") { caption in
        caption.element("code", text: listing.declaration.path)
        caption.text(" · ")
        writePath(to: &caption)
        caption.text(", lines \(lines.lowerBound)–\(lines.upperBound)")
      }
      if lines.count <= Self.mostShown {
        writeCode(to: &figure)
      } else {
        figure.element("details", ["class": "opened"]) { details in
          details.element("summary", text: "show the \(lines.count) lines")
          writeCode(to: &details)
        }
      }
    }
    main.newline()
  }

  /// The path, which a narrow page may break after its folders.
  private func writePath(to caption: inout MarkupWriter) {
    let folders = listing.path.split(separator: "/", omittingEmptySubsequences: false)
    for folder in folders.dropLast() {
      caption.text("\(folder)/")
      caption.void("wbr")
    }
    caption.text(folders.last ?? "")
  }

  /// How many lines are shown at once: longer code is folded, so that the text around it stays in sight.
  private static let mostShown = 50

  private func writeCode(to figure: inout MarkupWriter) {
    figure.element("pre", ["tabindex": "0"]) { pre in
      pre.element("code") { SwiftHighlighter.write(listing.declaration.text, to: &$0) }
    }
  }
}
