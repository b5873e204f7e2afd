import NbrunDiagnostics
import NbrunMarkdown
import NbrunNotebooks

extension ReportFormat {
  package static let markdown = ReportFormat(name: "md", fileName: MarkdownReport.fileName) { report, _ in
    MarkdownReport.text(report)
  }
}

/// A report as Markdown, for reading on a code host: prose with measured values, cells as quoted output and tables, figures linked.
package enum MarkdownReport {
  /// The file's name in a notebook's output folder.
  package static let fileName = "README.md"

  package static func text(_ report: Report) -> String {
    let prose = ProseSource(report: report, document: report.notebook.document, form: .codeHost) { image in
      image.pathAddress.flatMap { address in
        report.images[image.destination] == nil ? nil : report.place.path(besideNotebook: address)
      }
    }
    var parts = head(report, form: .codeHost)
    for block in report.blocks {
      switch block {
      case .prose(let nodes): parts.append(prose.text(of: nodes))
      case .cell(let cell): parts += MarkdownCell(cell: cell, report: report).parts
      case .listing(let listing):
        parts.append(caption(of: listing, in: report))
        parts.append(MarkdownText.fenced(listing.declaration.text.splitLines, language: "swift"))
      }
    }
    parts += foot(report, form: .codeHost)
    return ControlCharacters.visible(parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n")
  }

  /// What a listing shows, and from where.
  static func caption(of listing: Listing, in report: Report) -> String {
    let lines = listing.declaration.lines
    let place = "\(MarkdownText.escaped(listing.path)), lines \(lines.lowerBound)–\(lines.upperBound)"
    let address = report.place.address(of: listing).map { "\($0)#L\(lines.lowerBound)-L\(lines.upperBound)" }
    let linked = address.map { "[\(place)](\(MarkdownText.destination($0)))" } ?? place
    return "\(MarkdownText.code(listing.declaration.path)) · \(linked)"
  }

  /// What stands above the notebook: title, line of result, status, notices, headline numbers.
  static func head(_ report: Report, form: MarkdownForm) -> [String] {
    var parts = ["# " + MarkdownText.escaped(report.record.title)]
    if let lead = report.lead {
      let source = ProseSource(report: report, document: lead, form: form) { _ in nil }
      parts.append(source.text(of: Array(lead.topLevelBlocks)))
    }
    if let text = report.plainLead { parts.append(MarkdownText.paragraph(text)) }
    let summary = report.summary
    var status = "**\(summary.state.mark) \(summary.text)**"
    if let author = report.notebook.frontMatter.author?.value { status += " · \(MarkdownText.escaped(author))" }
    parts.append(status)
    let troubles = summary.troubles.map { what, cells in
      "\(what.trouble): \(cells.map(form.link).joined(separator: ", "))"
    }
    if !troubles.isEmpty { parts.append(troubles.joined(separator: "; ")) }
    for notice in report.notices {
      let words = [MarkdownText.escaped(notice.text)] + notice.options.map(MarkdownText.code)
      parts.append("> **\(notice.title)** \(words.joined(separator: " "))")
    }
    if !report.headlines.isEmpty {
      parts.append(
        MarkdownText.table(
          ["measured", "", "of cell"],
          report.headlines.map { headline in
            [
              "\(headline.label) **\(MarkdownText.escaped(headline.number))**",
              MarkdownText.escaped(headline.comparisons.joined(separator: ", ")), form.link(to: headline.cell),
            ]
          }))
    }
    return parts
  }

  /// What stands below it: where the numbers come from.
  static func foot(_ report: Report, form: MarkdownForm) -> [String] {
    let lines = report.provenance.map { entry in
      let values = entry.values.map { value in
        switch value {
        case .text(let text): MarkdownText.escaped(text)
        case .code(let text): MarkdownText.code(text)
        case .link(let text, let address): "[\(MarkdownText.escaped(text))](\(MarkdownText.destination(address)))"
        case .digest(let name, let digest): "\(MarkdownText.escaped(name)) \(MarkdownText.code(digest))"
        }
      }
      return "- \(entry.name): \(values.joined(separator: ", "))"
    }
    return ["---", "**Where this comes from**", lines.joined(separator: "\n")] + costs(report, form: form)
      + [
        report.place.ways(reportFile: form.fileName, overview: MarkdownReport.fileName).map { way in
          "[\(MarkdownText.escaped(way.text))](\(MarkdownText.destination(way.address)))"
        }.joined(separator: " · ")
      ].filter { !$0.isEmpty }
  }

  /// What each cell took, folded away.
  private static func costs(_ report: Report, form: MarkdownForm) -> [String] {
    let rows = report.costs.rows
    guard rows.count > 1 else { return [] }
    return MarkdownText.fold(
      "What each cell took",
      [
        MarkdownText.table(
          RunCosts.headers, rows.map { [form.link(to: $0.cell), $0.time, $0.processor, $0.memory] },
          numbers: Set(RunCosts.headers.dropFirst()))
      ])
  }
}

extension String {
  /// The text's lines, without an empty one at its end.
  var splitLines: [String] {
    var lines = utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
