import NbrunMarkdown
import NbrunNumberTexts
import NbrunSteps

/// Where Markdown is going to be read: what a reader's program makes of formulas and of links to cells differs.
enum MarkdownForm: Sendable {
  /// A code host, which reads a formula between dollar signs as Markdown first and refuses some of TeX.
  case codeHost
  /// Jupyter, which takes formulas out of the text before it reads anything else.
  case jupyter

  /// The report's own file, which other notebooks' reports of the same kind have too.
  var fileName: String { self == .codeHost ? MarkdownReport.fileName : JupyterReport.fileName }

  /// What a link to a cell of the same report leads to.
  func address(of cell: CellID) -> String {
    // JupyterLab and nbconvert call the places of cells so.
    self == .codeHost ? "#cell.\(cell.text)" : "#cell-id=\(cell.text)"
  }

  /// What makes a place that links can lead to; nothing in Jupyter, which has only cells for that.
  func anchor(_ id: String) -> String { self == .codeHost ? "<a id=\"\(id)\"></a>" : "" }
  /// A link to a cell of the same report.
  func link(to cell: CellID) -> String { "[\(MarkdownText.escaped(cell.text))](\(address(of: cell)))" }

  /// A formula as this form needs it written, whatever the notebook wrote.
  /// - Parameters:
  ///   - isBlock: whether it is a block of its own rather than a part of a paragraph.
  ///   - prefix: what stands before each further line of a block, such as a quotation's marks.
  func text(of formula: Mathematics, isBlock: Bool, prefix: String) -> String {
    func block(_ first: String, _ text: String, _ last: String) -> String {
      ([first] + text.trimmed.splitLines.map { prefix + $0 } + [prefix + last]).joined(separator: "\n")
    }
    switch self {
    case .jupyter:
      if isBlock { return block("$$", formula.plainSource, "$$") }
      let dollars = formula.isDisplay ? "$$" : "$"
      return dollars + formula.plainSource.onOneLine + dollars
    case .codeHost:
      let source = CodeHostFormula.acceptable(formula.plainSource)
      if isBlock { return block("```math", source, "```") }
      let line = source.onOneLine
      if CodeHostFormula.survivesMarkdown(line) { return formula.isDisplay ? "$$\(line)$$" : "$\(line)$" }
      return formula.isDisplay ? "$`\\displaystyle \(line)`$" : "$`\(line)`$"
    }
  }
}

extension String {
  /// The text with each run of white space that holds a line's end as one space, and none before it: no formula begins with a dollar
  /// sign and a space.
  fileprivate var onOneLine: String {
    let text = trimmingPrefix(while: \.isWhitespace)
    guard text.contains(where: \.isNewline) else { return String(text) }
    return String(text).splitLines.map { $0.trimmingPrefix(while: \.isWhitespace) }.joined(separator: " ")
  }
}

/// Formulas as a code host takes them.
enum CodeHostFormula {
  /// Whether a formula between dollar signs comes through Markdown as it is: nothing in it is Markdown's, not even an escape.
  static func survivesMarkdown(_ formula: String) -> Bool {
    var isAfterBackslash = false
    for byte in formula.utf8 {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      if isAfterBackslash, !isLetter { return false }
      isAfterBackslash = byte == UInt8(ascii: "\\")
      let isPlain = isLetter || isAfterBackslash || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if !isPlain, !" +-=(){}^.,;/'".utf8.contains(byte) { return false }
    }
    return !isAfterBackslash
  }

  /// The formula without the commands that a code host refuses, in others that look alike.
  static func acceptable(_ formula: String) -> String {
    guard commands.keys.contains(where: { formula.contains($0) }) else { return formula }
    var result = ""
    var rest = formula[...]
    while let start = rest.firstIndex(of: "\\") {
      result += rest[..<start]
      rest = rest[start...]
      let name = rest.dropFirst().prefix { $0.isASCII && $0.isLetter }
      let command = "\\" + name
      rest = rest[name.endIndex...]
      guard !name.isEmpty else {
        // An escaped character, a backslash among them.
        result += "\\" + rest.prefix(1)
        rest = rest.dropFirst()
        continue
      }
      let isStarred = rest.first == "*"
      let after = isStarred ? rest.dropFirst() : rest
      guard let replace = commands[command], let (argument, end) = argument(of: after) else {
        result += command
        continue
      }
      result += replace(acceptable(argument), isStarred)
      rest = end
    }
    return result + rest
  }

  /// What stands for each command, given its argument and whether a star follows its name.
  private static let commands: [String: @Sendable (String, Bool) -> String] = [
    "\\operatorname": { "\\mathop{\\mathrm{\($0)}}\\\($1 ? "limits" : "nolimits")" },
    "\\mbox": { argument, _ in "\\text{\(argument)}" },
    "\\phantom": { argument, _ in "\\hspace{\(width(of: argument))em}" },
    "\\hphantom": { argument, _ in "\\hspace{\(width(of: argument))em}" }, "\\vphantom": { _, _ in "{}" },
  ]

  /// About how wide a formula is, in ems: half of one for each character or command.
  private static func width(of formula: String) -> String {
    let signs = formula.replacing(/\\[A-Za-z]+/, with: "x").filter { !"{}^_ ".contains($0) }
    return pythonGeneral(Double(signs.count) / 2)
  }

  /// The group or the single character that a command takes, and what follows it; nil where none does.
  private static func argument(of text: Substring) -> (String, Substring)? {
    let text = text.drop(while: \.isWhitespace)
    guard text.first == "{" else {
      return text.first.map { (String($0), text.dropFirst()) }
    }
    var depth = 0
    var rest = text
    while let next = rest.popFirst() {
      if next == "\\" { rest = rest.dropFirst() }
      if next == "{" { depth += 1 }
      if next == "}" { depth -= 1 }
      if depth == 0 { return (String(text[..<rest.startIndex].dropFirst().dropLast()), rest) }
    }
    return nil
  }
}
