import NbrunFilePaths
import NbrunDiagnostics
import NbrunPlatform
import NbrunMarkdown
import NbrunMarkup
import NbrunPlotting
import NbrunRunning
import NbrunSteps

/// A figure in an HTML report: its drawing with a text alternative, its caption, the numbers behind it as a table and as a file.
///
/// There is no script: what readers choose are radio buttons, which the style sheet looks at, and the whole screen is a popover.
struct HTMLFigure {
  let cell: CellID
  let figure: FigureRecord
  let report: Report

  private var reference: FigureReference { FigureReference(cell: cell, figure: figure.name) }
  private var id: String { reference.anchor }
  /// What its radio buttons have in common, short because there may be forty.
  private var group: String { report.number(of: reference).map(String.init) ?? id }
  private var mode: Figure.SVGMode { .inline(idPrefix: id) }
  private var title: String { figure.figure.title }

  func write(to section: inout MarkupWriter) {
    section.block("figure", ["id": id]) { element in
      element.newline()
      if let pictures = figure.figure.pictures { write(pictures, to: &element) } else { writePlot(to: &element) }
      element.block("figcaption") { caption in
        caption.element(
          "span", ["class": "label", "lang": report.ownLanguage], text: report.label(of: figure.name, in: cell))
        caption.text(" ")
        caption.element("span", ["class": "title", "id": mode.titleID], text: title)
        if let text = figure.caption {
          caption.text(": ")
          caption.caption(text, in: report)
        }
        caption.permalink(id, of: "the figure \(title)")
        caption.text(" ")
        // A caption is the last of a figure's parts, so what can be done with it stands in it.
        writeTools(to: &caption)
      }
    }
  }

  // MARK: The picture

  private func writePlot(to element: inout MarkupWriter) {
    let readings = figure.figure.readings
    element.block("div", ["class": "plotbox", "id": "\(id).box", "popover": "auto"]) { box in
      writeSmoothing(to: &box)
      box.append(figure.figure.svg(mode))
      if !readings.isEmpty { write(readings, to: &box) }
      box.element(
        "button", ["class": "close", "type": "button", "popovertarget": "\(id).box", "popovertargetaction": "hide"],
        text: "close")
    }
  }

  private func writeSmoothing(to box: inout MarkupWriter) {
    let windows = figure.figure.smoothingWindows
    guard !windows.isEmpty else { return }
    box.block("fieldset", ["class": "smoothing"]) { fields in
      fields.element("legend", text: "line: mean of")
      for (number, window) in ([0] + windows).enumerated() {
        fields.element("label") { label in
          label.void(
            "input",
            [
              "type": "radio", "name": "\(group).w", "class": "w\(number)",
              "checked": window == figure.figure.smoothingWindow ? "" : nil,
            ])
          label.text(window == 0 ? "none" : "\(window)")
        }
      }
      fields.element("span", text: "around each")
    }
  }

  /// What stands at each place, as one group of radio buttons: a single stop of the tabulator key, walked along by the arrow keys.
  private func write(_ readings: [String], to box: inout MarkupWriter) {
    box.block("div", ["class": "readings", "role": "radiogroup", "aria-label": "Values: \(title)"]) { group in
      for reading in readings {
        group.element("label") { label in
          label.void("input", ["type": "radio", "name": "\(self.group).p"])
          label.text(reading)
        }
      }
      group.element(
        "span", ["class": "hint", "aria-hidden": "true"], text: "Values: point at the picture, or use the arrow keys.")
    }
  }

  /// Images with their captions under them, as many in a row as have room; the first few, and behind a fold the others.
  private func write(_ pictures: [Figure.Picture], to element: inout MarkupWriter) {
    let count = pictures.count > 12 ? 8 : pictures.count
    write(pictures.prefix(count), to: &element)
    guard count < pictures.count else { return }
    element.fold("\(pictures.count - count) more", style: "opened") { write(pictures.dropFirst(count), to: &$0) }
  }

  private func write(_ pictures: ArraySlice<Figure.Picture>, to element: inout MarkupWriter) {
    element.block("ul", ["class": "pictures", "aria-labelledby": mode.titleID]) { list in
      for picture in pictures {
        list.element("li") { item in
          item.void(
            "img", ["src": picture.address, "alt": "", "width": "\(picture.width)", "height": "\(picture.height)"])
          item.element("span", text: picture.caption)
        }
      }
    }
  }

  // MARK: The numbers

  private func writeTools(to element: inout MarkupWriter) {
    let tables = figure.figure.tables().filter { !$0.rows.isEmpty }
    let csv = figure.figure.csv
    let hasPlot = figure.figure.pictures == nil
    guard !tables.isEmpty || csv != nil || hasPlot else { return }
    element.block("div", ["class": "tools"]) { tools in
      if !tables.isEmpty {
        tools.fold("the numbers", style: "numbers") { details in for table in tables { write(table, to: &details) } }
      }
      if let csv {
        tools.element(
          "a",
          [
            "download": "\(cell.text)-\(figure.name.text).csv",
            "href": "data:text/csv;charset=utf-8,"
              + FilePath.percentEncoded(csv, keeping: ",.-_()"), "aria-label": "CSV: \(title)",
          ], text: "CSV")
      }
      if hasPlot {
        tools.element(
          "button",
          ["class": "full", "type": "button", "popovertarget": "\(id).box", "aria-label": "full screen: \(title)"],
          text: "full screen")
      }
    }
  }

  private func write(_ table: FigureTable, to details: inout MarkupWriter) {
    let columns = table.headers.indices.map { column in
      column == 0 ? nil : NumberColumn.aligned(table.rows.map { $0[column] })
    }
    let isNumeric = columns.dropFirst().allSatisfy { $0 != nil }
    details.scroller("scroll", label: "\(title), \(table.caption)") { scroll in
      scroll.table(["class": isNumeric ? "numeric" : nil]) { head in
        for (column, header) in table.headers.enumerated() {
          head.element("th", ["scope": "col", "class": columns[column] == nil ? nil : "right"], text: header)
        }
      } rows: { body in
        for (number, cells) in table.rows.enumerated() {
          body.element("tr") { row in
            for (column, text) in cells.enumerated() {
              if column == 0 {
                // The first of a row with data is the row's head, also without the word for it (HTML, 4.9.12.2).
                row.element("th", text: text)
              } else if let aligned = columns[column] {
                row.element("td", ["class": isNumeric ? nil : "m"], text: aligned[number])
              } else {
                row.element("td", text: text)
              }
            }
          }
        }
      } caption: {
        $0.element("caption", text: table.caption)
      }
      if table.omittedRows > 0 {
        scroll.element("p", text: "\(counted(table.omittedRows, "row")) between these left out; the CSV file has all.")
      }
    }
  }
}
