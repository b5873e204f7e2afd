import Markup
import Running
import Steps

/// A cell in an HTML report.
struct HTMLCell {
  let cell: CellView

  /// The cell's id in the page. The dot keeps it apart from the anchors of headings, which have none.
  static func anchor(_ id: CellID) -> String { "cell.\(id.text)" }

  func write(to page: inout MarkupWriter) {
    page.element(
      "section",
      [
        "class": "cell \(cell.verdict.rawValue)", "id": Self.anchor(cell.id),
        "aria-label": "Cell \(cell.record.number), \(cell.id.text)",
      ]
    ) { section in
      section.newline()
      writeHeader(to: &section)
      if cell.visibility != .figures { writeParameters(to: &section) }
      writeStandIn(to: &section)
      if cell.visibility != .figures { writeOutput(to: &section) }
      writeOutcome(to: &section)
      for figure in cell.figures { HTMLFigure(cell: cell.id, figure: figure, marks: cell.marks).write(to: &section) }
      writeRows(to: &section)
    }
    page.newline()
  }

  private func writeHeader(to section: inout MarkupWriter) {
    section.element("header") { header in
      header.element("span", ["class": "n"], text: "[\(cell.record.number)]")
      header.text(" ")
      header.element("span", ["class": "step"], text: cell.record.step.text)
      header.text(" ")
      header.element("a", ["class": "id", "href": "#" + Self.anchor(cell.id)], text: cell.id.text)
      if let duration = cell.duration, !duration.isEmpty {
        header.text(" ")
        header.element("span", ["class": "time"], text: duration)
      }
    }
    section.newline()
  }

  private func writeParameters(to section: inout MarkupWriter) {
    guard !cell.shownParameters.isEmpty else { return }
    section.element("ul", ["class": "params", "aria-label": "Parameters"]) { list in
      for parameter in cell.shownParameters {
        list.element("li") { write(parameter, to: &$0) }
      }
    }
    section.newline()
  }

  private func write(_ parameter: CellView.Parameter, to item: inout MarkupWriter) {
    let longest = 60
    let tag = parameter.isChanged ? "b" : "span"
    guard parameter.value.count > longest || parameter.value.contains("\n") else {
      item.text(parameter.key + " ")
      item.element(tag, text: parameter.value)
      return
    }
    item.element("details", ["class": "opened"]) { details in
      details.element("summary") { summary in
        summary.text(parameter.key + " ")
        let beginning = parameter.value.prefix(36).map { $0.isNewline ? " " : $0 }
        summary.element(tag, text: String(beginning) + "…")
      }
      details.element("pre", text: parameter.value)
    }
  }

  private func writeStandIn(to section: inout MarkupWriter) {
    guard cell.record.usesStandIn else { return }
    section.element(
      "p", ["class": "note"],
      text: "Stand-in data: these numbers come from synthetic data, so nothing that is claimed of them is tested.")
    section.newline()
  }

  private func writeOutput(to section: inout MarkupWriter) {
    guard !cell.output.isEmpty else { return }
    section.element("div", ["class": "output", "role": "group", "aria-label": "Output", "tabindex": "0"]) { output in
      if cell.visibility == .folded {
        let lines = NumberText.count(cell.output.count, "line")
        writeFold("show the output, \(lines)", cell.output[...], to: &output)
      } else {
        let folded = FoldedOutput(cell.output)
        writeLines(folded.first, to: &output)
        if !folded.folded.isEmpty {
          writeFold("show \(NumberText.grouped(folded.folded.count)) more", folded.folded, to: &output)
          writeLines(folded.last, to: &output)
        }
      }
    }
    section.newline()
  }

  /// How many folded lines are unfolded on paper: about half a page.
  private var mostOnPaper: Int { 40 }

  private func writeFold(_ summary: String, _ lines: ArraySlice<String>, to output: inout MarkupWriter) {
    output.element("details", ["class": lines.count > mostOnPaper ? "left-out" : "opened"]) { details in
      details.element("summary", text: summary)
      // In blocks, each laid out only when it comes into view: that is what keeps a long output quick to open.
      var rest = lines
      while !rest.isEmpty {
        writeLines(rest.prefix(500), isLong: lines.count > 500, to: &details)
        rest = rest.dropFirst(500)
      }
    }
  }

  private func writeLines(_ lines: ArraySlice<String>, isLong: Bool = false, to output: inout MarkupWriter) {
    output.element("pre", isLong ? ["class": "long"] : [:]) { pre in
      // A line feed right after <pre> is dropped by browsers; an empty first line needs one more.
      if lines.first?.isEmpty == true { pre.newline() }
      for line in lines {
        pre.text(line)
        pre.newline()
      }
    }
  }

  private func writeOutcome(to section: inout MarkupWriter) {
    switch cell.record.outcome {
    case .succeeded:
      break
    case .failed(let failure, _):
      section.element("div", ["class": "failure", "role": "note"]) { box in
        box.element("p") { line in
          line.element("strong", text: "✗ failed: ")
          line.text(failure.message)
        }
        if let hint = failure.hint { box.element("p", text: hint) }
      }
      section.newline()
    case .notRun(let reason):
      section.element("p", ["class": "note"], text: "– " + reason.sentence)
      section.newline()
    }
  }

  private func writeRows(to section: inout MarkupWriter) {
    guard !cell.rows.isEmpty else { return }
    let hasClaims = cell.rows.contains { $0.claim != nil }
    let hasReferences = cell.rows.contains { $0.reference != nil }
    section.element(
      "div", ["class": "scroll", "role": "group", "aria-label": "Claims and references", "tabindex": "0"]
    ) {
      scroll in
      scroll.element("table", ["class": "metrics"]) { table in
        table.element("thead") { head in
          head.element("tr") { row in
            row.element("th", ["scope": "col"], text: "metric")
            row.element("th", ["scope": "col"], text: "measured")
            if hasClaims { row.element("th", ["scope": "col"], text: "claimed") }
            if hasClaims { row.element("th", ["scope": "col"], text: "verdict") }
            if hasReferences { row.element("th", ["scope": "col"], text: "published") }
          }
        }
        table.element("tbody") { body in
          for metric in cell.rows {
            body.element("tr") { row in
              row.element("td", text: metric.metric.text)
              row.element("td", ["class": "m", "title": metric.exact], text: metric.measured ?? "–")
              if hasClaims {
                row.element("td", ["class": metric.isClaimLong ? "m long" : "m"], text: metric.claim ?? "")
              }
              if hasClaims {
                row.element(
                  "td", ["class": metric.status.map { "verdict \($0.rawValue)" }], text: metric.status?.words ?? "")
              }
              if hasReferences {
                row.element("td", ["class": "m", "title": metric.reference], text: metric.shortReference ?? "")
              }
            }
            body.newline()
          }
        }
      }
    }
    section.newline()
  }
}
