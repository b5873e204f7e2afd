import Markdown
import Notebooks
import Running

/// A report as Markdown, for reading on a code host: prose with measured values, cells as quoted output and tables, figures linked.
public enum MarkdownReport {
  /// The file's name in a notebook's output folder.
  public static let fileName = "README.md"

  /// The file's text.
  public static func text(_ report: Report) -> String {
    let prose = ProseSource(report: report, reportFile: fileName) { image in
      image.pathAddress.flatMap { address in
        report.images[image.destination] == nil ? nil : report.place.path(besideNotebook: address)
      }
    }
    var parts = head(report)
    for block in report.blocks {
      switch block {
      case .prose(let nodes): parts.append(prose.text(of: nodes))
      case .cell(let cell): parts += MarkdownCell(cell: cell).parts
      case .listing(let listing):
        parts.append(caption(of: listing))
        parts.append(MarkdownText.fenced(listing.declaration.text.splitLines, language: "swift"))
      }
    }
    parts += foot(report)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// What a listing shows, and from where.
  static func caption(of listing: Listing) -> String {
    let lines = listing.declaration.lines
    return "\(MarkdownText.code(listing.declaration.path)) · \(MarkdownText.escaped(listing.path)), "
      + "lines \(lines.lowerBound)–\(lines.upperBound)"
  }

  /// What stands above the notebook: title, line of result, status, notices, headline numbers.
  static func head(_ report: Report) -> [String] {
    var parts = ["# " + MarkdownText.escaped(report.record.title)]
    if let lead = report.lead { parts.append(report.text(ofLead: lead)) }
    if let text = report.plainLead { parts.append(MarkdownText.paragraph(text)) }
    let summary = report.summary
    var status = "**\(summary.passed ? "✓" : "✗") \(summary.text)**"
    if let author = report.notebook.frontMatter.author?.value { status += " · \(MarkdownText.escaped(author))" }
    parts.append(status)
    for notice in report.notices {
      parts.append("> **\(notice.title)** \(MarkdownText.escaped(notice.text))")
    }
    if !report.headlines.isEmpty {
      parts.append(
        MarkdownText.table(
          ["measured", "", "of cell"],
          report.headlines.map { headline in
            [
              "\(headline.label) **\(MarkdownText.escaped(headline.number))**",
              MarkdownText.escaped(headline.comparisons.joined(separator: ", ")),
              MarkdownText.code(headline.cell.text),
            ]
          }))
    }
    return parts
  }

  /// What stands below it: where the numbers come from.
  static func foot(_ report: Report) -> [String] {
    let lines = report.provenance.map { entry in
      let values = entry.values.map { value in
        switch value {
        case .text(let text): MarkdownText.escaped(text)
        case .code(let text): MarkdownText.code(text)
        case .digest(let name, let digest): "\(MarkdownText.escaped(name)) \(MarkdownText.code(digest))"
        }
      }
      return "- \(entry.name): \(values.joined(separator: ", "))"
    }
    return ["---", "**Where this comes from**", lines.joined(separator: "\n")]
  }
}

extension Report {
  /// The line of result with measured values in place, as one paragraph of Markdown.
  func text(ofLead lead: MarkdownDocument) -> String {
    var report = self
    report.notebook.document = lead
    let source = ProseSource(report: report, reportFile: MarkdownReport.fileName) { _ in nil }
    return source.text(of: Array(lead.topLevelBlocks))
  }
}

extension String {
  /// The text's lines, without an empty one at its end.
  var splitLines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
