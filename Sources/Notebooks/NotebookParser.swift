import NbrunDiagnostics
import NbrunFilePaths
import NbrunMarkdown
import Synchronization

/// Reads a notebook from its text. Never fails: what is wrong is among the notebook's diagnostics.
package struct NotebookParser {
  private let context: NotebookContext
  private let document: MarkdownDocument
  private var diagnostics: [Diagnostic]
  private var cells: [NotebookCell] = []
  private var stepCount = 0
  private var elements: [NotebookElement] = []
  private var declarations: [String: SwiftDeclarations] = [:]

  /// The notebook whose file holds `bytes`.
  /// - Parameters:
  ///   - path: how messages name the file.
  ///   - place: where it is; where none is given, the path is taken for the name below some project's root.
  package static func parse(
    _ bytes: some Sequence<UInt8>, path: String, place: NotebookPlace? = nil, context: NotebookContext
  ) -> Notebook {
    let source = NotebookText(Array(bytes))
    let text = source.text
    var (head, document) = parts(of: text)
    if let problem = source.problem { head.diagnostics.addError(problem, path: path) }
    if text.unicodeScalars.contains("\u{FFFD}") {
      head.diagnostics.addWarning("the text holds bytes that are not UTF-8, or the character U+FFFD itself", path: path)
    }
    var parser = NotebookParser(context: context, document: document, diagnostics: head.diagnostics)
    parser.readBlocks()
    parser.checkImages()
    parser.diagnostics += ProseSlips(in: document).diagnostics
    parser.diagnostics += LinkChecker(document, context: context).diagnostics
    return Notebook(
      path: path, place: place ?? NotebookPlace(root: FilePath(""), name: FilePath(path)), text: text,
      frontMatter: head.frontMatter, document: document, elements: parser.elements, cells: parser.cells,
      diagnostics: parser.diagnostics + document.diagnostics)
  }

  /// Whether a file that holds `bytes` has a cell, be it one with mistakes: if not, it is a notebook only to one who says so.
  package static func namesCells(_ bytes: some Sequence<UInt8>) -> Bool {
    outline(of: Array(bytes)).document.namesCells
  }

  /// The place that the notebook in a file gives itself in its folder, if any, and its title; nil where it has no cell.
  /// - Parameter name: the file's name.
  package static func orderAndTitle(of bytes: some Sequence<UInt8>, name: String) -> (order: Int?, title: String)? {
    let (head, document) = outline(of: Array(bytes))
    guard document.namesCells else { return nil }
    return (head.frontMatter.order?.value, Notebook.title(head.frontMatter, document, of: FilePath(name)))
  }

  /// The document of a notebook's text, for its headings: no formula is set.
  static func outline(of bytes: [UInt8]) -> MarkdownDocument { outline(of: bytes).document }

  /// Some are kept, since a run asks a neighbour for its headings, its cells and its place in an order.
  private static func outline(of bytes: [UInt8]) -> (head: FrontMatterParser, document: MarkdownDocument) {
    if let known = outlines.withLock({ $0[bytes] }) { return known }
    let outline = parts(of: NotebookText(bytes).text, setsFormulas: false)
    outlines.withLock { outlines in
      if outlines.count >= 50 { outlines.removeAll() }
      outlines[bytes] = outline
    }
    return outline
  }

  private static let outlines = Mutex<[[UInt8]: (head: FrontMatterParser, document: MarkdownDocument)]>([:])

  private static func parts(
    of text: String, setsFormulas: Bool = true
  ) -> (head: FrontMatterParser, document: MarkdownDocument) {
    // By bytes: to look for line ends among characters takes longer than all the rest.
    let head = FrontMatterParser(
      lines: text.hasPrefix("---")
        ? text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) } : [])
    let document = MarkdownDocument(
      parsing: Array(text.utf8.dropFirst(lineCount: head.lineCount)), options: .notebook, firstLine: head.lineCount + 1,
      macros: head.frontMatter.macros?.text ?? "", title: head.frontMatter.title?.value, setsFormulas: setsFormulas)
    return (head, document)
  }

  // MARK: Blocks

  private mutating func readBlocks() {
    var prose: [NodeID] = []
    for node in document.topLevelBlocks {
      if let block = document.fencedBlock(node), block.info.value == "nbrun" {
        if !prose.isEmpty { elements.append(.prose(prose)) }
        prose = []
        if let cell = cell(block) {
          elements.append(.cell(cells.count))
          cells.append(cell)
        }
      } else {
        prose.append(node)
      }
    }
    if !prose.isEmpty { elements.append(.prose(prose)) }
    for block in document.fencedBlocks { checkFence(block) }
  }

  private mutating func checkFence(_ block: FencedBlock) {
    if !block.isClosed { diagnostics.addError("this fence is not closed", at: block.openingFence) }
    if block.info.value == "nbrun" {
      if let container = block.enclosing.first {
        let name = container == .blockQuote ? "a quote" : container == .footnoteDefinition ? "a footnote" : "a list"
        diagnostics.addError("a cell stands at the top level of a notebook, not inside \(name)", at: block.openingFence)
      }
    } else if block.nearlyNamesACell {
      diagnostics.addError(
        "\"\(block.info.value)\" nearly spells nbrun; a cell's info string is nbrun and nothing else",
        at: block.info.range)
    }
  }

  private mutating func cell(_ block: FencedBlock) -> NotebookCell? {
    let lines = block.lines
    let first = lines.firstIndex { line in
      let text = line.text.drop(while: \.isWhitespace)
      return !text.isEmpty && !text.hasPrefix("#")
    }
    let message = "a cell's first key is \"step: NAME\" or \"listing: PATH#SYMBOL\""
    guard let first else {
      diagnostics.addError("this cell is empty; \(message)", at: block.openingFence)
      return nil
    }
    let head = lines[first]
    guard let entry = CellEntries(of: [head], isText: { _ in true }).all.first else {
      diagnostics.addError(message, at: head.range(at: 0, length: head.text.count))
      return nil
    }
    let value = Located(entry.value.text, at: entry.value.range)
    var cell = NotebookCell(
      kind: .step(value), number: 0, lines: Array(lines[(first + 1)...]), source: block.text)
    switch entry.key.value {
    case "step":
      stepCount += 1
      cell.number = stepCount
    case "listing":
      cell.kind = .listing(value)
      cell.listing = listing(value)
      for entry in CellEntries(of: cell.lines, isText: { _ in true }).all {
        diagnostics.addError("a listing takes no \"\(entry.key.value)\"", at: entry.key.range)
      }
    default:
      let near = NearNames.nearest(to: entry.key.value, among: ["step", "listing"])
      diagnostics.addError(message + (near.map { "; did you mean \"\($0)\"?" } ?? ""), at: entry.key.range)
      return nil
    }
    return cell
  }

  // MARK: Listings

  private mutating func listing(_ value: Located<String>) -> Listing? {
    let parts = value.value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      diagnostics.addError("a listing is PATH#SYMBOL, such as Sources/Tensors/Shape.swift#Shape", at: value.range)
      return nil
    }
    guard let source = declarations(in: parts[0]) else {
      let near = NearNames.nearest(to: parts[0], among: context.programSources())
      let advice = near.map { "; did you mean \"\($0)\"?" } ?? ""
      diagnostics.addError("the program has no source file \"\(parts[0])\"\(advice)", at: value.range)
      return nil
    }
    guard let declaration = source[parts[1]] else {
      let names = source.paths + source.paths.compactMap { $0.split(separator: ".").last.map(String.init) }
      let advice = NearNames.advice(for: parts[1], among: names)
      diagnostics.addError("\(parts[0]) declares no \"\(parts[1])\"\(advice)", at: value.range)
      return nil
    }
    return Listing(path: parts[0], declaration: declaration, isInProject: context.isInProject(parts[0]))
  }

  private mutating func declarations(in path: String) -> SwiftDeclarations? {
    if let known = declarations[path] { return known }
    guard staysBelow(path), let source = context.programSource(path) else { return nil }
    declarations[path] = SwiftDeclarations(source: source)
    return declarations[path]
  }

  // MARK: Images

  private mutating func checkImages() {
    for link in document.links where link.isImage {
      let range = document.source.range(ofBytes: link.byteRange)
      if link.isImageData {
        if let fault = context.imageFault(link.destination) {
          diagnostics.addError(fault.message("\(link.destination.prefix(40))…"), at: range)
        }
        continue
      }
      guard let path = link.path else {
        diagnostics.addError(
          "an image is a file below the notebook's folder, so that the report can hold it; "
            + "\"\(link.destination.prefix(80))\" is not", at: range)
        continue
      }
      if !staysBelow(path) {
        diagnostics.addError("the image \"\(path.prefix(80))\" is not below the notebook's folder", at: range)
      } else if !context.hasFile(path) {
        diagnostics.addError("there is no image \"\(path.prefix(80))\" beside the notebook", at: range)
      } else if let fault = context.imageFault(path) {
        diagnostics.addError(fault.message(String(path.prefix(80))), at: range)
      }
    }
  }

  /// Whether a relative path leads nowhere but below the folder it is relative to.
  private func staysBelow(_ path: String) -> Bool {
    !FilePath(path).isAbsolute && !FilePath(path).parts.contains("..") && !path.utf8.contains(0)
  }
}

extension MarkdownDocument {
  /// Whether a block of it is a cell, or is meant to be one.
  var namesCells: Bool { fencedBlocks.contains { $0.info.value == "nbrun" || $0.nearlyNamesACell } }
}

extension FencedBlock {
  /// Whether its info string was probably meant to be `nbrun`.
  fileprivate var nearlyNamesACell: Bool {
    guard let word = info.value.split(whereSeparator: \.isWhitespace).first, word.count <= 16 else { return false }
    let letters = word.lowercased().filter(\.isLetter)
    return letters == "nbrun" || NearNames.nearest(to: letters, among: ["nbrun"]) != nil
  }
}

extension String.UTF8View {
  /// What follows the first `lineCount` lines.
  fileprivate func dropFirst(lineCount: Int) -> SubSequence {
    var rest = self[...]
    for _ in 0..<lineCount {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return rest[rest.endIndex...] }
      rest = rest[index(after: end)...]
    }
    return rest
  }
}
