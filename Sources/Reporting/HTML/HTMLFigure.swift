import Markup
import Plotting
import Running
import Steps

/// A figure in an HTML report: its drawing with a text alternative, its caption, the table behind it.
struct HTMLFigure {
  let cell: CellID
  let figure: FigureRecord
  var marks = VolatileMark.off

  func write(to section: inout MarkupWriter) {
    let id = "figure.\(cell.text).\(figure.name.text)"
    section.element("figure", ["id": id]) { element in
      element.newline()
      if let mark = marks.block(if: figure.isVolatile) {
        element.text(mark)
      } else {
        element.append(figure.figure.svg(.inline(idPrefix: id)))
      }
      element.element("figcaption") { caption in
        caption.element("span", ["class": "title"], text: marks.phrase(figure.figure.title, if: figure.isVolatile))
        if let text = figure.caption { caption.text(": \(text)") }
        caption.newline()
        writeTables(to: &caption)
      }
      element.newline()
    }
    section.newline()
  }

  private func writeTables(to element: inout MarkupWriter) {
    if let mark = marks.block(if: figure.isVolatile) { return element.text(mark) }
    let tables = figure.figure.tables().filter { !$0.rows.isEmpty }
    guard !tables.isEmpty else { return }
    element.element("details", ["class": "numbers"]) { details in
      details.element("summary", text: "the numbers")
      for table in tables { write(table, to: &details) }
    }
    element.newline()
  }

  private func write(_ table: FigureTable, to details: inout MarkupWriter) {
    details.element("div", ["class": "scroll", "role": "group", "aria-label": table.caption, "tabindex": "0"]) {
      scroll in
      scroll.element("table") { element in
        element.element("caption", text: table.caption)
        element.element("thead") { head in
          head.element("tr") { row in
            for header in table.headers { row.element("th", ["scope": "col"], text: header) }
          }
        }
        element.element("tbody") { body in
          for cells in table.rows {
            body.element("tr") { row in
              for (column, text) in cells.enumerated() {
                if column == 0 {
                  row.element("th", ["scope": "row"], text: text)
                } else {
                  row.element("td", text: text)
                }
              }
            }
          }
        }
      }
      if table.omittedRows > 0 {
        scroll.element("p", text: "\(NumberText.count(table.omittedRows, "row")) between these left out.")
      }
    }
  }
}
