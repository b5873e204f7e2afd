import NbrunMarkup
import NbrunNotebooks

/// A declaration of the program's own source in an HTML report, its lines numbered as in its file.
struct HTMLListing {
  let listing: Listing
  /// Whether it is one of several that follow each other without a word between: of those, only the captions are shown at first.
  let isInRow: Bool

  func write(to main: inout MarkupWriter) {
    let lines = listing.declaration.lines
    main.block("figure", ["class": "listing", "id": id, "lang": "en"]) { figure in
      // The caption itself unfolds what is folded.
      if isInRow || lines.count > Self.mostShown {
        figure.element("details", ["class": "opened"]) { details in
          details.element("summary") { writeCaption(to: &$0) }
          writeCode(to: &details)
        }
        figure.permalink(id, of: "the listing \(listing.declaration.path)")
      } else {
        figure.element("figcaption") { caption in
          writeCaption(to: &caption)
          caption.permalink(id, of: "the listing \(listing.declaration.path)")
        }
        writeCode(to: &figure)
      }
    }
  }

  private var id: String { "listing.\(listing.declaration.path)" }

  private func writeCaption(to caption: inout MarkupWriter) {
    let lines = listing.declaration.lines
    caption.element("code", text: listing.declaration.path)
    caption.text(" · ")
    writePath(to: &caption)
    // Nothing breaks within the range.
    caption.text(", lines \(lines.lowerBound)–\u{2060}\(lines.upperBound)")
  }

  /// The path, which a narrow page may break after its folders, and which it shows whole once the listing is unfolded.
  private func writePath(to caption: inout MarkupWriter) {
    let folders = listing.path.split(separator: "/", omittingEmptySubsequences: false)
    caption.element("span", ["class": "folders"]) { span in
      for folder in folders.dropLast() {
        span.text("\(folder)/")
        span.void("wbr")
      }
    }
    caption.text(folders.last ?? "")
  }

  /// How many lines are shown at once: longer code is folded, so that the text around it stays in sight.
  private static let mostShown = 40

  /// The lines as a list, whose counter numbers them; to those who listen, a text and no list.
  private func writeCode(to figure: inout MarkupWriter) {
    let start = listing.declaration.lines.lowerBound
    figure.element("ol", ["class": "code", "role": "none", "start": String(start)]) { list in
      CodeHighlighter(listing.declaration.text, language: "swift").writeLines(to: &list)
    }
  }
}
