import NbrunPlatform
import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

/// Makes a plan of a notebook, or says everything that is wrong with it at once. A pure function: it runs nothing.
package struct Planner: Sendable {
  private let steps: StepList

  package init(steps: StepList) { self.steps = steps }

  /// The plan of `notebook`; `find` finds the files that its cells name, which without it are not looked for.
  /// - Throws: every mistake in the notebook and in the options, in the order of their places.
  package func plan(
    _ notebook: Notebook, options: PlanOptions = PlanOptions(), finding find: FileFinder? = nil
  ) throws(DiagnosticList) -> Plan {
    var draft = PlanDraft(notebook: notebook)
    draft.planCells(steps: steps, options: options, finding: find)
    draft.resolveReferences()
    draft.checkInlineValues()
    draft.checkAnchors()
    draft.checkOverrides(options)
    let errors = draft.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty, notebook.diagnostics.allSatisfy({ $0.severity != .error }) else {
      throw DiagnosticList((notebook.diagnostics + draft.diagnostics).sortedByPlace(in: notebook.path))
    }
    if notebook.cells.isEmpty { draft.warnOfMissingCells() }
    return Plan(
      notebook: notebook, cells: draft.cells.compactMap(\.planned),
      warnings: (notebook.diagnostics + draft.diagnostics).sortedByPlace(in: notebook.path))
  }
}

extension [Diagnostic] {
  fileprivate func sortedByPlace(in path: String) -> [Diagnostic] {
    let last = SourceLocation(line: .max, column: .max)
    return enumerated().sorted { left, right in
      let (first, second) = (left.element.range?.start ?? last, right.element.range?.start ?? last)
      return first == second ? left.offset < right.offset : first < second
    }.map { $0.element.range == nil ? $0.element : $0.element.inFile(path) }
  }
}

/// A plan in the making: cells that may be wrong.
private struct PlanDraft {
  struct DraftCell {
    var id: CellID
    /// Whether the notebook gave the id; only such cells can be referred to.
    var hasExplicitID: Bool
    var number: Int
    var name: Located<String>
    var seed: UInt32
    var checked: CellPlanner

    /// Whether something is claimed or published of it, so that its report has a table of that.
    var isJudged: Bool { !checked.reserved.claims.isEmpty || !checked.reserved.references.isEmpty }
    /// What the cell is known to report; nil where its mistakes leave that open.
    var metricKeys: [MetricKey]? { checked.configured?.metrics.map(\.key) }

    var planned: PlannedCell? {
      guard let step = checked.step, let configured = checked.configured else { return nil }
      let reserved = checked.reserved
      return PlannedCell(
        id: id, number: number, range: name.range, step: step, values: checked.values,
        configured: configured, seed: seed, after: reserved.after.map(\.value), metrics: configured.metrics,
        series: configured.series, claims: reserved.claims, references: reserved.references.map(\.reference),
        captions: Dictionary(
          firstOf: reserved.captions.compactMap { caption in caption.figure.map { ($0, caption.text) } }),
        usesCache: reserved.usesCache, timeout: reserved.timeout, show: reserved.show, tags: reserved.tags)
    }
  }

  let notebook: Notebook
  private(set) var cells: [DraftCell] = []
  /// Where the cells stand that can be referred to.
  private(set) var explicitIndex: [CellID: Int] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  // MARK: Cells

  mutating func planCells(steps: StepList, options: PlanOptions, finding find: FileFinder?) {
    let seed = options.seed ?? notebook.frontMatter.seed?.value ?? 0
    var explicit: [CellID: SourceRange] = [:]
    let stepCells = notebook.cells.compactMap { cell in
      if case .step(let name) = cell.kind {
        (cell: cell, name: name, overrides: overrides(of: cell, options))
      } else {
        nil
      }
    }
    @Sendable func check(_ index: Int, explains: Bool) -> CellPlanner {
      let (cell, name, overrides) = stepCells[index]
      return CellPlanner(cell, name: name, steps: steps, overrides: overrides, finding: find, explains: explains)
    }
    // Most cells are right: they are checked on all cores. Those that are not are checked again, as long as mistakes are explained.
    let plain = concurrentMap(Array(stepCells.indices)) { check($0, explains: false) }
    for (index, (cell, name, _)) in stepCells.enumerated() {
      let explains = !plain[index].diagnostics.isEmpty && diagnostics.count < Slip.mostExplanations
      let checked = explains ? check(index, explains: true) : plain[index]
      diagnostics += checked.diagnostics
      var id = checked.reserved.id
      if let given = id {
        if let first = explicit[given.value] {
          diagnostics.addError(
            "the id \"\(given.value)\" is taken by the cell with it on line \(first.start.line)", at: given.range)
          id = nil
        } else {
          explicit[given.value] = given.range
        }
      }
      if let id { explicitIndex[id.value] = cells.count }
      cells.append(
        DraftCell(
          id: id?.value ?? "cell", hasExplicitID: id != nil, number: cell.number, name: name,
          seed: checked.reserved.seed ?? seed, checked: checked))
    }
    var names = FreeNames(taken: Set(explicit.keys))
    for (index, cell) in cells.enumerated() where !cell.hasExplicitID {
      cells[index].id = names.next(for: cell.name.value)
    }
  }

  /// The values that `options` give in place of the cell's own, by key.
  private func overrides(of cell: NotebookCell, _ options: PlanOptions) -> [String: String] {
    guard !options.overrides.isEmpty, let id = givenID(of: cell) else { return [:] }
    return Dictionary(options.overrides.filter { $0.cell.text == id }.map { ($0.key, $0.value) }) { $1 }
  }

  /// The id that a cell's lines give, before they are checked.
  private func givenID(of cell: NotebookCell) -> String? {
    CellEntries(of: cell.lines, isText: { _ in true }).all.first { $0.key.value == "id" }?.value.text
  }

  // MARK: References between cells

  mutating func resolveReferences() {
    for (index, cell) in cells.enumerated() {
      for input in cell.checked.configured?.inputs ?? [:] { checkInput(input.key, input.value, of: cell, at: index) }
      for id in cell.checked.reserved.after { _ = referableCell(id.value, before: index, at: id.range) }
      for claim in cell.checked.reserved.claims { checkClaim(claim, of: cell) }
      for (reference, range) in cell.checked.reserved.references { checkMetric(reference.metric, of: cell, at: range) }
      for caption in cell.checked.reserved.captions { checkCaption(caption, of: cell) }
    }
  }

  private mutating func checkCaption(_ caption: Caption, of cell: DraftCell) {
    let figures = cell.checked.configured?.figures
    let names = (figures ?? []).map(\.text) + (cell.isJudged ? [PlannedCell.tableName.text] : [])
    if let figure = caption.figure {
      guard let figures, !figures.contains(figure), figure != PlannedCell.tableName || !cell.isJudged else { return }
      if figure == PlannedCell.tableName {
        return diagnostics.addError(
          "nothing is claimed or published of this cell, so it has no table to caption", at: caption.range)
      }
      let advice = figures.isEmpty ? "; it draws none" : NearNames.advice(for: figure.text, among: names)
      diagnostics.addError(
        "the step \(cell.name.value), so configured, draws no figure \"\(figure)\"\(advice)", at: caption.range)
    } else {
      let form = "a caption is the figure's name, a colon and the text"
      let parts = caption.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      let head = Slip.withoutQuotationMarks(parts[0]) ?? parts[0]
      let advice: String
      if parts.count == 2, let name = names.contains(head) ? head : NearNames.nearest(to: head, among: names) {
        return diagnostics.addError("\(form); did you mean \"\(name): \(parts[1])\"?", at: caption.range)
      }
      switch figures?.count {
      case nil: advice = ""
      case 0: advice = ", and the step \(cell.name.value), so configured, draws no figure"
      case 1: advice = "; did you mean \"\(figures![0]): \(caption.text)\"?"
      default: advice = "; the figures are \(figures!.map(\.text).joined(separator: ", "))"
      }
      diagnostics.addError(form + advice, at: caption.range)
    }
  }

  private mutating func checkInput(_ key: String, _ id: CellID, of cell: DraftCell, at index: Int) {
    let place = cell.checked.places[key]?.range ?? cell.name.range
    guard let source = referableCell(id, before: index, at: place),
      case .input(let declaration)? = cell.checked.step?.entry(key)?.declaration, let step = source.checked.step
    else { return }
    if step.outputType == nil {
      diagnostics.addError("the cell \"\(id)\" (step \(step.name)) gives nothing that can be an input", at: place)
    } else if step.outputType != declaration.valueType {
      diagnostics.addError(
        "\"\(key)\" takes a \(declaration.valueType), and the cell \"\(id)\" gives a \(step.outputType!)", at: place)
    }
  }

  private mutating func checkClaim(_ claim: Claim, of cell: DraftCell) {
    checkMetric(claim.metric, of: cell, at: claim.range)
    for case .metric(let id, let key) in claim.bounds {
      guard let other = referableCell(id, at: claim.range) else { continue }
      checkMetric(key, of: other, at: claim.range)
    }
  }

  private mutating func checkMetric(_ key: MetricKey, of cell: DraftCell, at range: SourceRange) {
    guard let keys = cell.metricKeys, !keys.contains(key) else { return }
    let advice = keys.isEmpty ? "; it reports none" : NearNames.advice(for: key.text, among: keys.map(\.text))
    diagnostics.addError("the step \(cell.name.value), so configured, has no metric \"\(key)\"\(advice)", at: range)
  }

  /// That a cell which is called after its step cannot be referred to, since another cell of that step would take the name.
  private static func missingID(of cell: DraftCell) -> String {
    let line = cell.name.range.start.line
    return "the cell on line \(line) has no id to refer to it by; add the line \"id: \(cell.id)\" to it"
  }

  /// The cell with an explicit id, among those before `index` where one is given; says what is wrong where there is none.
  private mutating func referableCell(_ id: CellID, before index: Int? = nil, at range: SourceRange) -> DraftCell? {
    if let place = explicitIndex[id] {
      if place < index ?? .max { return cells[place] }
      diagnostics.addError("the cell \"\(id)\" does not stand before this one", at: range)
      return nil
    }
    let candidates = cells[..<(index ?? cells.count)]
    if let cell = candidates.first(where: { $0.id == id }) {
      diagnostics.addError(Self.missingID(of: cell), at: range)
    } else {
      let advice = NearNames.advice(for: id.text, among: candidates.filter(\.hasExplicitID).map(\.id.text))
      diagnostics.addError("no \(index == nil ? "" : "earlier ")cell has the id \"\(id)\"\(advice)", at: range)
    }
    return nil
  }

  // MARK: Prose and options

  mutating func warnOfMissingCells() {
    diagnostics.append(
      .warning(
        "this notebook has no cell, so that nothing is run; a cell is a fenced block whose info string is nbrun",
        path: notebook.path))
  }

  mutating func checkInlineValues() {
    for value in notebook.inlineValues {
      guard let id = CellID(value.cell), let key = MetricKey(value.metric) else {
        diagnostics.addError("an inline value is {{ CELL.METRIC }}, both in lower case", at: value.range)
        continue
      }
      guard let cell = referableCell(id, at: value.range) else { continue }
      checkMetric(key, of: cell, at: value.range)
    }
  }

  /// Links to cells and to their figures.
  mutating func checkAnchors() {
    let judged = Set(cells.filter(\.isJudged).map(\.number))
    let tables = Set(notebook.tableNumbers(judged.contains).prose.values)
    for link in notebook.document.links where link.destination.hasPrefix("#") {
      if let names = link.figureReference(in: notebook.document) {
        checkReference(names, tables: tables, at: notebook.document.source.range(ofBytes: link.byteRange))
        continue
      }
      let parts = (link.fragment ?? "").split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 && parts[0] == "cell" || parts.count == 3 && parts[0] == "figure" else { continue }
      let cell = cells.first { $0.id.text == parts[1] }
      let isKnown = parts.count == 2 || cell?.checked.configured?.figures.contains { $0.text == parts[2] } ?? true
      guard cell == nil || !isKnown else { continue }
      let advice = cell == nil ? NearNames.advice(for: parts[1], among: cells.map(\.id.text)) : ""
      let what = cell == nil ? "cell has the id \"\(parts[1])\"" : "figure of \"\(parts[1])\" is called \"\(parts[2])\""
      diagnostics.append(.warning("no \(what)\(advice)", at: notebook.document.source.range(ofBytes: link.byteRange)))
    }
  }

  /// A reference to a figure or a table is shown as its number, so that there must be one.
  private mutating func checkReference(
    _ names: (cell: String, figure: String), tables: Set<Int>, at range: SourceRange
  ) {
    if names.cell == "table", let number = Int(names.figure) {
      if tables.contains(number) { return }
      let others =
        tables.isEmpty
        ? "it has none" : "those in prose are \(tables.sorted().map(String.init).joined(separator: ", "))"
      diagnostics.addError("no table in the notebook's prose has the number \(number); \(others)", at: range)
      return
    }
    guard let id = CellID(names.cell), FigureName(names.figure) != nil else {
      diagnostics.addError("a reference to a figure is [](#CELL.FIGURE), both in lower case", at: range)
      return
    }
    guard let cell = referableCell(id, at: range), let figures = cell.checked.configured?.figures.map(\.text),
      !figures.contains(names.figure), names.figure != "table" || !cell.isJudged
    else { return }
    let advice = figures.isEmpty ? "; it draws none" : NearNames.advice(for: names.figure, among: figures)
    diagnostics.addError("the cell \"\(id)\", so configured, draws no figure \"\(names.figure)\"\(advice)", at: range)
  }

  mutating func checkOverrides(_ options: PlanOptions) {
    for override in options.overrides where explicitIndex[override.cell] == nil {
      if let cell = cells.first(where: { $0.id == override.cell }) {
        diagnostics.addError("--set: \(Self.missingID(of: cell))")
        continue
      }
      let advice = NearNames.advice(for: override.cell.text, among: cells.filter(\.hasExplicitID).map(\.id.text))
      diagnostics.addError("--set: no cell has the id \"\(override.cell)\"\(advice)")
    }
  }
}

/// Makes ids of steps' names, numbered where a name is taken.
private struct FreeNames {
  private(set) var taken: Set<CellID>
  private(set) var lastNumber: [CellID: Int] = [:]

  mutating func next(for name: String) -> CellID {
    let base = CellID(name) ?? "cell"
    if taken.insert(base).inserted { return base }
    var number = lastNumber[base] ?? 1
    while true {
      number += 1
      let suffix = "-\(number)"
      let id = CellID(unchecked: base.text.prefix(64 - suffix.count) + suffix)
      if taken.insert(id).inserted {
        lastNumber[base] = number
        return id
      }
    }
  }
}
