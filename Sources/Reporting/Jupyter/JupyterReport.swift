import NbrunDiagnostics
import NbrunPlatform
import NbrunJSONValues
import NbrunMarkdown
import NbrunMarkup

extension ReportFormat {
  package static let jupyter = ReportFormat(name: "ipynb", fileName: JupyterReport.fileName) { report, drawings in
    JupyterReport.text(report, drawings: drawings)
  }
}

/// A report as a Jupyter notebook (nbformat 4.5) with its outputs in it: prose as Markdown cells, step cells as code cells whose
/// source is the cell's text. It is there to be read: no kernel runs it, and none is named.
package enum JupyterReport {
  /// The file's name in a notebook's output folder.
  package static let fileName = "report.ipynb"

  package static func text(_ report: Report) -> String { text(report, drawings: FigureFile.texts(of: report).adaptive) }

  /// The file's text, with the figures as they are drawn already (see `FigureFile.texts`).
  static func text(_ report: Report, drawings: [String: String]) -> String {
    var cells = [markdown(MarkdownReport.head(report, form: .jupyter).joined(separator: "\n\n"), id: "T")]
    for (index, block) in report.blocks.enumerated() {
      switch block {
      case .prose(let nodes): cells.append(prose(nodes, of: report, id: "P\(index)"))
      case .cell(let cell): cells.append(JupyterCell(cell: cell, report: report, drawings: drawings).json)
      case .listing(let listing):
        let code = MarkdownText.fenced(listing.declaration.text.splitLines, language: "swift")
        cells.append(markdown("\(MarkdownReport.caption(of: listing, in: report))\n\n\(code)", id: "L\(index)"))
      }
    }
    cells.append(markdown(MarkdownReport.foot(report, form: .jupyter).joined(separator: "\n\n"), id: "F"))
    return JSONWriter.string(
      .object([
        "cells": .array(cells),
        "metadata": .object([
          "language_info": .object([
            "name": .string("nbrun"), "codemirror_mode": .string("yaml"), "pygments_lexer": .string("yaml"),
          ]),
          "title": .string(ControlCharacters.visible(report.record.title)),
        ]), "nbformat": .integer(4), "nbformat_minor": .integer(5),
      ]), layout: .readable)
  }

  /// Prose as a Markdown cell; the images that it shows are attached to it.
  private static func prose(_ nodes: [NodeID], of report: Report, id: String) -> JSONValue {
    let document = report.notebook.document
    var attachments: [String: JSONValue] = [:]
    var names: [String: String] = [:]
    for node in nodes {
      for link in document.descendants(of: node).compactMap(document.link) where link.isImage {
        guard let image = report.images[link.destination], names[link.destination] == nil else { continue }
        let name = "image-\(names.count + 1)"
        names[link.destination] = name
        attachments[name] = .object([image.mediaType: .string(image.base64)])
      }
    }
    let source = ProseSource(report: report, document: report.notebook.document, form: .jupyter) { link in
      names[link.destination].map { "attachment:\($0)" }
    }
    return markdown(source.text(of: nodes), id: id, attachments: attachments)
  }

  private static func markdown(_ text: String, id: String, attachments: [String: JSONValue] = [:]) -> JSONValue {
    var cell: [String: JSONValue] = [
      "cell_type": .string("markdown"), "id": .string(id), "metadata": .object([:]), "source": .lines(text),
    ]
    if !attachments.isEmpty { cell["attachments"] = .object(attachments) }
    return .object(cell)
  }
}

struct JupyterCell {
  let cell: CellView
  let report: Report
  /// The report's figures as files of their own, by their paths.
  let drawings: [String: String]

  var json: JSONValue {
    var metadata: [String: JSONValue] = ["nbrun": .object(["step": .string(cell.record.step.text)])]
    if !cell.tags.isEmpty { metadata["tags"] = .array(cell.tags.map(JSONValue.string)) }
    let ran = cell.record.outcome.results != nil
    return .object([
      "cell_type": .string("code"),
      // Ids of cells are ids to nbformat, too; those of prose start with a capital, so none is taken twice.
      "id": .string(cell.id.text), "execution_count": ran ? .integer(cell.record.number) : .null,
      "metadata": .object(metadata), "source": .lines(cell.source.trimmed), "outputs": .array(outputs),
    ])
  }

  private var outputs: [JSONValue] {
    var outputs: [JSONValue] = []
    if !cell.output.isEmpty {
      outputs.append(
        .object([
          "output_type": .string("stream"), "name": .string("stdout"),
          "text": .lines(cell.output.joined(separator: "\n") + "\n"),
        ]))
    }
    switch cell.record.outcome {
    case .succeeded: break
    case .failed(let failure, _):
      let lines = [failure.message, failure.hint].compactMap { $0.map { ControlCharacters.visible($0) } }
      outputs.append(
        .object([
          "output_type": .string("error"), "ename": .string("CellFailed"), "evalue": .string(lines[0]),
          "traceback": .array(lines.map(JSONValue.string)),
        ]))
    case .notRun(let reason): outputs.append(Self.display(["text/plain": .lines(reason.sentence)]))
    }
    for figure in cell.figures {
      let drawing = drawings[FigureFile.path(cell: cell.id, figure: figure.name)] ?? ""
      let name = "\(report.label(of: figure.name, in: cell.id)). \(figure.figure.title)"
      let lead = figure.caption.map { "\(name): \($0)" } ?? "\(name)."
      let description = figure.figure.textAlternative
      // Jupyter shows a drawing of its own kind only to those who trust the notebook, and says nothing of it to those who do not see it;
      // an image in a page it shows and announces to everybody.
      var image = MarkupWriter()
      let address = "data:image/svg+xml;base64," + Data(drawing.utf8).base64EncodedString()
      image.void("img", ["alt": "\(figure.figure.title). \(description)", "src": address])
      outputs.append(Self.display(["text/html": .lines(image.string), "text/plain": .lines("\(lead) \(description)")]))
      outputs.append(
        Self.display(["text/markdown": .lines("**\(MarkdownText.escaped(lead))**"), "text/plain": .lines(lead)]))
    }
    let tables = (MarkdownCell.metrics(of: cell, in: report, form: .jupyter) + MarkdownCell.defaults(of: cell)).joined(
      separator: "\n\n")
    if !tables.isEmpty {
      let lines = JSONValue.lines(tables)
      outputs.append(Self.display(["text/markdown": lines, "text/plain": lines]))
    }
    return outputs
  }

  private static func display(_ data: [String: JSONValue]) -> JSONValue {
    .object(["output_type": .string("display_data"), "data": .object(data), "metadata": .object([:])])
  }
}

extension JSONValue {
  /// A text as nbformat writes it: a list of lines, each but the last with its line end, and no control characters.
  fileprivate static func lines(_ text: String) -> JSONValue {
    let shown = ControlCharacters.visible(text)
    let lines = shown.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var values = lines.dropLast().map { JSONValue.string(String(decoding: $0, as: UTF8.self) + "\n") }
    if let last = lines.last, !last.isEmpty { values.append(.string(String(decoding: last, as: UTF8.self))) }
    return .array(values)
  }
}
