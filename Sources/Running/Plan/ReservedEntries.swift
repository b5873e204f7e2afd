import Diagnostics
import JSONValues
import Notebooks
import Steps

/// What the language's own keys of a cell say: everything but the step's parameters and inputs.
struct ReservedEntries {
  private(set) var id: Located<CellID>?
  private(set) var seed: UInt32?
  private(set) var claims: [Claim] = []
  private(set) var references: [(reference: Reference, range: SourceRange)] = []
  private(set) var captions: [(figure: Located<FigureName>, text: String)] = []
  private(set) var after: [Located<CellID>] = []
  private(set) var usesCache = true
  private(set) var timeout: Double?
  private(set) var show = CellVisibility.all
  private(set) var tags: [String] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Keys that may stand more than once in a cell.
  static let repeatable: Set<String> = ["expect", "reference", "caption"]

  /// Whether the value of a reserved key is the raw line.
  static func isText(_ key: String) -> Bool {
    key != "seed" && key != "cache" && key != "timeout"
  }

  /// Takes the entry of a reserved key.
  mutating func accept(_ entry: CellEntry) {
    do {
      try read(entry)
    } catch let diagnostic as Diagnostic {
      diagnostics.append(diagnostic)
    } catch let error as ValueError {
      let range = error.range.map(entry.value.range(ofBytes:)) ?? entry.value.range
      diagnostics.append(.error(error.message, at: range))
    } catch {
      diagnostics.append(.error("\(error)", at: entry.value.range))
    }
  }

  private mutating func read(_ entry: CellEntry) throws {
    let value = entry.value
    switch entry.key.value {
    case "id": id = Located(try name(value.text, at: value.range, as: CellID.self, "an id"), at: value.range)
    case "seed":
      guard let seed = UInt32(exactly: try Int.read(text: value.text)) else {
        throw ValueError("a seed is a whole number from 0 to \(UInt32.max)")
      }
      self.seed = seed
    case "expect": claims.append(try ClaimParser.claim(value))
    case "reference": references.append((try ClaimParser.reference(value), value.range))
    case "caption": captions.append(try caption(value))
    case "after":
      for item in list(value) {
        after.append(Located(try name(item.value, at: item.range, as: CellID.self, "an id"), at: item.range))
      }
    case "cache": usesCache = try Bool.read(text: value.text)
    case "timeout":
      let seconds = try Double.read(text: value.text)
      guard seconds > 0 else { throw ValueError("a timeout is a number of seconds above 0") }
      timeout = seconds
    case "show": show = try CellVisibility.read(text: value.text)
    case "tags":
      for item in list(value) {
        guard isNotebookName(item.value) else { throw Diagnostic.error(Self.nameForm("a tag"), at: item.range) }
        tags.append(item.value)
      }
    default: throw Diagnostic.error("\"\(entry.key.value)\" is the first key of a cell or none", at: entry.key.range)
    }
  }

  private static func nameForm(_ what: String) -> String {
    "\(what) is a lower-case letter, then letters, digits and hyphens, 64 at most"
  }

  private func name<Name: NotebookName>(
    _ text: String, at range: SourceRange, as type: Name.Type, _ what: String
  ) throws -> Name {
    guard let name = Name(text) else { throw Diagnostic.error(Self.nameForm(what), at: range) }
    return name
  }

  /// `FIGURE: text`
  private func caption(_ value: CellValue) throws -> (figure: Located<FigureName>, text: String) {
    let parts = value.text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let figure = FigureName(String(parts[0])) else {
      throw Diagnostic.error("a caption is the figure's name, a colon and the text", at: value.range)
    }
    let place = value.range(ofCharacters: 0..<parts[0].count)
    let text = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return (Located(figure, at: place), text)
  }

  /// The words of a list written `a, b`.
  private func list(_ value: CellValue) -> [Located<String>] {
    var items: [Located<String>] = []
    var offset = 0
    for part in value.text.split(separator: ",", omittingEmptySubsequences: false) {
      let leading = part.prefix(while: \.isWhitespace).count
      let word = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      items.append(
        Located(word, at: value.range(ofCharacters: offset + leading..<offset + leading + max(1, word.count))))
      offset += part.count + 1
    }
    return items
  }
}
