import NbrunPlatform
import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

/// What the language's own keys of a cell say: everything but the step's parameters and inputs.
struct ReservedEntries {
  private(set) var id: Located<CellID>?
  private(set) var seed: UInt32?
  private(set) var claims: [Claim] = []
  private(set) var references: [(reference: Reference, range: SourceRange)] = []
  private(set) var captions: [Caption] = []
  private(set) var after: [Located<CellID>] = []
  private(set) var usesCache = true
  private(set) var timeout: Double?
  private(set) var show = CellVisibility.all
  private(set) var tags: [String] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Whether mistakes in values are explained.
  let explains: Bool

  private var explainsMore: Bool { explains && diagnostics.count < Slip.mostExplanations }

  /// Keys that may stand more than once in a cell.
  static let repeatable: Set<String> = ["expect", "reference", "caption"]

  /// Whether the value of a reserved key is the raw line.
  static func isText(_ key: String) -> Bool { key != "seed" && key != "cache" && key != "timeout" }

  /// Takes the entry of a reserved key.
  mutating func accept(_ entry: CellEntry) {
    do {
      try read(entry)
    } catch let diagnostic as Diagnostic {
      diagnostics.append(diagnostic)
    } catch let error as ValueError {
      diagnostics.addError(error.message, at: error.range.map(entry.value.range(ofBytes:)) ?? entry.value.range)
    } catch { diagnostics.addError("\(error)", at: entry.value.range) }
  }

  private mutating func read(_ entry: CellEntry) throws {
    let value = entry.value
    switch entry.key.value {
    case "id": id = Located(try name(value, as: CellID.self, "an id"), at: value.range)
    case "seed":
      seed = try self.value(value) { text throws in
        guard let seed = UInt32(exactly: try Int.read(text: text)) else {
          throw ValueError("a seed is a whole number from 0 to \(UInt32.max)")
        }
        return seed
      }
    case "expect": claims.append(try ClaimParser.claim(value, explains: explainsMore))
    case "reference": references.append((try ClaimParser.reference(value, explains: explainsMore), value.range))
    case "caption": captions.append(caption(value))
    case "after":
      for item in try list(value, of: "an id") { after.append(Located(CellID(unchecked: item.value), at: item.range)) }
    case "cache": usesCache = try self.value(value) { text throws in try Bool.read(text: text) }
    case "timeout":
      timeout = try self.value(value, among: Self.times + Slip.all) { text throws in
        let seconds = try Double.read(text: text)
        guard seconds > 0 else { throw ValueError("a timeout is a number of seconds above 0") }
        return seconds
      }
    case "show": show = try self.value(value) { text throws in try CellVisibility.read(text: text) }
    case "tags": tags += try list(value, of: "a tag").map(\.value)
    default: throw Diagnostic.error("\"\(entry.key.value)\" is the first key of a cell or none", at: entry.key.range)
    }
  }

  /// The value that `read` makes of the text; where it makes none, what was probably meant.
  private func value<Value>(
    _ value: CellValue, among slips: @autoclosure () -> [Slip] = Slip.all, _ read: (String) throws -> Value
  ) throws -> Value {
    do { return try read(value.text) } catch {
      throw value.diagnostic(for: error, explains: explainsMore, among: slips()) { (try? read($0)) != nil }
    }
  }

  private static let times = [
    Slip(rule: "a timeout is a number of seconds") {
      [pattern = Pattern(#/([\d.]+)\s*(?:(ms)|(s|secs?|seconds?)|(m|mins?|minutes?)|(h|hrs?|hours?)|(d|days?))/#)] text
      in
      pattern.whole(text).flatMap { match in
        let unit = match.2 != nil ? 0.001 : match.3 != nil ? 1 : match.4 != nil ? 60 : match.5 != nil ? 3600 : 86_400
        return Double(match.1).map { Slip.plain($0 * unit) }
      }
    }
  ]

  private func name<Named>(_ value: CellValue, as type: NotebookName<Named>.Type, _ what: String) throws
    -> NotebookName<Named>
  {
    guard let name = NotebookName<Named>(value.text) else {
      throw value.diagnostic(for: Diagnostic.error(Self.nameForm(what), at: value.range), explains: explainsMore) {
        name in
        // What is suggested is made of what was written.
        let written = value.text.lowercased()
        return isNotebookName(name) && name.allSatisfy { $0 == "-" || written.contains($0) }
      }
    }
    return name
  }

  private static func nameForm(_ what: String) -> String {
    "\(what) is a lower-case letter, then letters, digits and hyphens, 64 at most"
  }

  /// `FIGURE: text`
  private func caption(_ value: CellValue) -> Caption {
    let parts = value.text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let figure = FigureName(String(parts[0]).trimmed) else {
      return Caption(figure: nil, text: value.text, range: value.range)
    }
    let text = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Caption(figure: figure, text: text, range: value.range(ofCharacters: 0..<parts[0].count))
  }

  /// The names of a list written `a, b`.
  private func list(_ value: CellValue, of what: String) throws -> [Located<String>] {
    var items: [Located<String>] = []
    var offset = 0
    for part in value.text.split(separator: ",", omittingEmptySubsequences: false) {
      let leading = part.prefix(while: \.isWhitespace).count
      let word = String(part).trimmed
      items.append(
        Located(word, at: value.range(ofCharacters: offset + leading..<offset + leading + max(1, word.count))))
      offset += part.count + 1
    }
    guard let wrong = items.first(where: { !isNotebookName($0.value) }) else { return items }
    let words = value.text.split { $0.isWhitespace || ",;[](){}\"'“”".contains($0) }.map(String.init)
    if !words.isEmpty, words.allSatisfy(isNotebookName) {
      throw Diagnostic.error(
        "several names are separated by commas, without brackets; did you mean \"\(words.joined(separator: ", "))\"?",
        at: value.range)
    }
    let item = CellValue(wrong.value, at: wrong.range.start)
    throw item.diagnostic(
      for: Diagnostic.error(Self.nameForm(what), at: wrong.range), explains: explainsMore, isRight: isNotebookName)
  }
}

/// A caption of a figure as a cell gives it.
struct Caption: Sendable {
  /// The figure; nil where the text does not begin with a name and a colon.
  let figure: FigureName?
  let text: String
  /// Where the figure's name stands, or the whole where there is none.
  let range: SourceRange
}
