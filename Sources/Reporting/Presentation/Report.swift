import NbrunFilePaths
import NbrunMarkdown
import NbrunNotebooks
import NbrunRunning
import NbrunSteps

/// What a report of a run says, made once from the notebook, its plan and what the run found out. A format only lays it out.
///
/// A pure function of its values: nothing of the clock, the file system or the environment is in it.
package final class Report: Sendable {
  /// A piece of a report, in the order of the notebook.
  enum Block: Sendable {
    /// Blocks of prose that follow each other.
    case prose([NodeID])
    case cell(CellView)
    /// A declaration of the program's own source.
    case listing(Listing)
  }

  let record: RunRecord
  let notebook: Notebook
  let place: ReportPlace
  let images: ReportImages
  /// The report's text in order, without a first heading that only repeats the title.
  let blocks: [Block]
  /// The number of each figure through the report, from 1 on: as planned, so that a cell that fails moves none.
  private let figureNumbers: [FigureReference: Int]
  /// The numbers of the tables in prose, and of the cells' tables by the cells' numbers.
  let tableNumbers: (prose: [NodeID: Int], cells: [Int: Int])
  /// The numbers to show large.
  let headlines: [Headline]
  let summary: RunSummary
  /// The notebook's one line of result, as one paragraph of Markdown; nil where it gives none.
  let lead: MarkdownDocument?
  /// That line where it is no paragraph of Markdown: plain text.
  let plainLead: String?

  /// The anchor of the title: that of the heading that it stands for, or one of its own.
  var titleAnchor: String? {
    notebook.document.titleAnchor
      ?? notebook.document.headings.first.flatMap { first in
        first.level == 1 && first.text == record.title ? first.anchor : nil
      }
  }
  /// Where the authors of each data source publish it.
  let dataPages: [DataSourceName: String]

  /// Whether cells are still being computed: on a live page alone.
  let isRunning: Bool

  /// A report of `record`.
  /// - Parameters:
  ///   - plan: what the run did; without it, parameters are in alphabetical order and everything is shown.
  ///   - place: where the report is going to stand.
  ///   - images: the images that the notebook shows.
  package init(
    record: RunRecord, notebook: Notebook, plan: Plan?, place: ReportPlace, images: ReportImages = ReportImages(),
    isRunning: Bool = false
  ) {
    self.record = record
    self.isRunning = isRunning
    places = Dictionary(firstOf: record.cells.enumerated().map { ($1.id, $0) })
    self.notebook = notebook
    self.place = place
    self.images = images
    blocks = Self.blocks(record: record, notebook: notebook, plan: plan)
    figureNumbers = Self.figureNumbers(record, plan)
    let judged = Set(record.cells.filter { !$0.claims.isEmpty || !$0.references.isEmpty }.map(\.number))
    tableNumbers = notebook.tableNumbers(judged.contains)
    let macros = notebook.frontMatter.macros?.text ?? ""
    lead = notebook.frontMatter.description.flatMap { Self.paragraph($0.value, macros: macros) }
    plainLead = lead == nil ? notebook.frontMatter.description?.value : nil
    let values = notebook.inlineValues + (lead?.inlineValues ?? [])
    headlines = Headline.select(record, mentions: Set(values.compactMap(\.reference)), formats: Self.formats(values))
    summary = RunSummary(record)
    let sources = plan?.cells.flatMap(\.configured.dataSources) ?? []
    dataPages = Dictionary(firstOf: sources.compactMap { source in source.page.map { (source.name, $0) } })
  }

  /// The one line of result as plain text; nil where there is none or where it shows measured values, which results name apart.
  var plainDescription: String? {
    guard let lead else { return plainLead.flatMap { $0.isEmpty ? nil : $0 } }
    guard lead.inlineValues.isEmpty else { return nil }
    return lead.topLevelBlocks.map(lead.plainText).joined(separator: " ")
  }

  /// The language of the notebook's text, as a tag of BCP 47.
  var language: String { notebook.frontMatter.language?.value ?? "en" }
  /// The language of the program's own words, where the notebook's is another.
  var ownLanguage: String? { language.lowercased().split(separator: "-").first == "en" ? nil : "en" }
  subscript(id: CellID) -> CellRecord? { places[id].map { record.cells[$0] } }

  private let places: [CellID: Int]

  /// The number of a figure; nil where the report has none of the name.
  func number(of figure: FigureReference) -> Int? { figureNumbers[figure] }

  /// What stands before a figure's title: `Figure 3`.
  func label(of figure: FigureName, in cell: CellID) -> String {
    figureNumbers[FigureReference(cell: cell, figure: figure)].map { "Figure \($0)" } ?? "Figure"
  }

  /// Something with a number that prose refers to: the words that stand for it, its place in a page, and its cell.
  typealias Reference = (text: String, anchor: String, cell: CellID?)

  /// What a link without a text refers to: a figure, `[](#overfit.training)`, the table of a cell, `[](#overfit.table)`, or one in
  /// prose, `[](#table.2)`; nil for other links. A figure that was not drawn is where its cell is.
  func reference(_ link: Link, in document: MarkdownDocument) -> Reference? {
    guard let names = link.figureReference(in: document) else { return nil }
    if let figure = FigureReference(names), figureNumbers[figure] != nil {
      let isThere = self[figure.cell]?.outcome.results?.figures.contains { $0.name == figure.figure } ?? false
      let anchor = isThere ? figure.anchor : HTMLCell.anchor(figure.cell)
      return (label(of: figure.figure, in: figure.cell), anchor, figure.cell)
    }
    if names.figure == "table", let cell = CellID(names.cell).flatMap({ self[$0] }), let label = tableLabel(of: cell) {
      return (label, "table.\(cell.id)", cell.id)
    }
    guard names.cell == "table", let number = Int(names.figure), tableNumbers.prose.values.contains(number) else {
      return nil
    }
    return ("Table \(number)", "table.\(number)", nil)
  }

  /// What stands in the head of a cell's table: `Table 3`; nil where it has none.
  func tableLabel(of cell: CellRecord) -> String? { tableNumbers.cells[cell.number].map { "Table \($0)" } }

  private static func figureNumbers(_ record: RunRecord, _ plan: Plan?) -> [FigureReference: Int] {
    var numbers: [FigureReference: Int] = [:]
    for cell in record.cells {
      let shown = cell.outcome.results?.figures.map(\.name) ?? []
      for name in (plan?[cell.id]?.configured.figures ?? []) + shown {
        let figure = FigureReference(cell: cell.id, figure: name)
        if numbers[figure] == nil { numbers[figure] = numbers.count + 1 }
      }
    }
    return numbers
  }

  var cells: [CellView] {
    blocks.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }

  /// The command that makes the report again.
  var command: String { "\(record.environment.program) \(FilePath(record.notebook).shellWord)" }

  /// The seeds of the cells: `231`, or several.
  var seeds: String {
    var seen: [UInt32] = []
    for cell in record.cells where !seen.contains(cell.seed) { seen.append(cell.seed) }
    return seen.map(String.init).joined(separator: ", ")
  }

  struct ContentsEntry: Sendable {
    var heading: Heading
    var isDeeper: Bool
    /// The worst that is to be said of the cells under the heading: `failed`, `broken` or `notRun`; nil where all is well.
    var trouble: CellView.Verdict?
  }

  /// The headings that a table of contents lists: two levels of them.
  var contents: [ContentsEntry] {
    let shown = Set(blocks.flatMap { block -> [NodeID] in if case .prose(let nodes) = block { nodes } else { [] } })
    let headings = notebook.document.headings.filter { heading in
      notebook.document.isTopLevel(heading.node) && heading.anchor != nil && shown.contains(heading.node)
    }
    guard let top = headings.map(\.level).min() else { return [] }
    let listed = headings.filter { $0.level <= top + 1 }
    let troubles = troubles(under: Set(listed.map(\.node)))
    return listed.map { ContentsEntry(heading: $0, isDeeper: $0.level > top, trouble: troubles[$0.node]) }
  }

  /// The worst that is to be said of the cells between each of `headings` and the next.
  private func troubles(under headings: Set<NodeID>) -> [NodeID: CellView.Verdict] {
    var troubles: [NodeID: CellView.Verdict] = [:]
    var current: NodeID?
    let order: [CellView.Verdict] = [.failed, .broken, .notRun]
    for block in blocks {
      switch block {
      case .prose(let nodes): current = nodes.last(where: headings.contains) ?? current
      case .listing: break
      case .cell(let cell):
        guard let current, cell.record.outcome != .notRun(.notSelected), cell.record.outcome != .notRun(.pending) else {
          continue
        }
        troubles[current] = order.first { $0 == cell.verdict || $0 == troubles[current] }
      }
    }
    return troubles
  }

  private static func blocks(record: RunRecord, notebook: Notebook, plan: Plan?) -> [Block] {
    let records = Dictionary(firstOf: record.cells.map { ($0.number, $0) })
    var blocks = concurrentMap(notebook.elements) { element -> Block? in
      switch element {
      case .prose(let nodes): return .prose(nodes)
      case .cell(let index):
        let cell = notebook.cells[index]
        if let listing = cell.listing { return .listing(listing) }
        return records[cell.number].map { .cell(CellView($0, planned: plan?[$0.id], source: cell.source)) }
      }
    }.compactMap(\.self)
    if case .prose(var nodes) = blocks.first, let first = nodes.first, let heading = notebook.document.heading(first),
      heading.level == 1, heading.text == record.title
    {
      nodes.removeFirst()
      blocks[0] = .prose(nodes)
    }
    return blocks
  }

  /// A text as Markdown, where that is one paragraph and nothing else.
  private static func paragraph(_ text: String, macros: String) -> MarkdownDocument? {
    let document = MarkdownDocument(parsing: text, options: .notebook, macros: macros)
    return document.topLevelBlocks.map(document.kind) == [.paragraph] ? document : nil
  }

  /// How prose writes each metric that it shows, where it says so: headline numbers are written alike.
  private static func formats(_ values: [InlineValue]) -> [MetricReference: NumberFormat] {
    Dictionary(
      firstOf: values.compactMap { value in
        value.reference.flatMap { reference in value.numberFormat.map { (reference, $0) } }
      })
  }
}

extension InlineValue {
  /// The format that the notebook asks for; nil where it leaves that to the metric.
  var numberFormat: NumberFormat? { format.flatMap { NumberFormat($0) } }

  var reference: MetricReference? {
    guard let cell = CellID(cell), let metric = MetricKey(metric) else { return nil }
    return MetricReference(cell: cell, metric: metric)
  }
}
