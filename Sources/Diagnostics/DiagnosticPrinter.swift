/// Turns diagnostics into text. The only place that decides how one looks.
///
///     notebooks/conv.md:14:9: error: a whole number is expected, not a string
///       stride: "two"
///               ^~~~~
package struct DiagnosticPrinter: Sendable {
  /// Whether each error is also printed as a GitHub Actions annotation.
  package var annotates: Bool

  package init(annotates: Bool = false) { self.annotates = annotates }

  /// `diagnostics`, each with the line that it speaks of, where `source` gives its file's text, as they are written to a file.
  package func string(for diagnostics: [Diagnostic], source: @escaping (String) -> String?) -> String {
    var writer = TerminalWriter(usesColor: false, isReadByHost: annotates)
    return writer.string(for: text(for: diagnostics, source: source))
  }

  /// `diagnostics`, each with the line that it speaks of, where `source` gives its file's text.
  package func text(for diagnostics: [Diagnostic], source: @escaping (String) -> String?) -> TerminalText {
    var lines = SourceLines(source: source)
    return diagnostics.reduce(into: "") { $0 += text(for: $1, lines: &lines) }
  }

  private func text(for diagnostic: Diagnostic, lines: inout SourceLines) -> TerminalText {
    var text: TerminalText = ""
    if annotates { text += annotation(for: diagnostic) }
    if let path = diagnostic.path {
      // At the start of a line a host would take such a name for a command.
      text += TerminalText((annotates && path.contains(":") && !path.hasPrefix("/") ? "./" : "") + oneLine(path))
      if let start = diagnostic.range?.start { text += ":\(start.line):\(start.column)" }
      text += ": "
    }
    let paint = diagnostic.severity.paint
    text += "\(diagnostic.severity.rawValue + ":", paint) \(oneLine(diagnostic.message))\n"
    if let path = diagnostic.path, let range = diagnostic.range, let line = lines.line(range.start.line, of: path) {
      text += excerpt(of: line, at: range, paint: paint)
    }
    return text
  }

  /// The source line and a caret under it; a long line is cut to a window around the place.
  private func excerpt(of line: [Character], at range: SourceRange, paint: TerminalText.Paint) -> TerminalText {
    let window = 100
    let first = max(0, range.start.column - 1 - window / 2)
    let characters = line.dropFirst(first).prefix(window)
    let caret = min(range.start.column - 1 - first, characters.count)
    let length = range.end.line > range.start.line ? characters.count - caret : range.end.column - range.start.column
    let marked = max(1, min(length, characters.count - caret))
    let indent = String(characters.prefix(caret).map { $0 == "\t" ? "\t" : " " })
    let mark = "^" + String(repeating: "~", count: marked - 1)
    // Hosts look for commands behind white space, but not behind a bar.
    let margin = annotates ? "| " : "  "
    return "\(margin)\(String(characters))\n\(margin)\(indent)\(mark, paint)\n"
  }

  // MARK: Terminals and hosts

  /// A message is a line, whatever it is made of.
  private func oneLine(_ text: String) -> String { ControlCharacters.visible(text, keeping: ["\t"]) }

  /// A workflow command of GitHub Actions, which shows the message on the file's line.
  package func annotation(for diagnostic: Diagnostic) -> TerminalText {
    let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
    var properties: [String] = []
    if let path = diagnostic.path { properties.append("file=\(Self.escapedProperty(path))") }
    if let range = diagnostic.range {
      properties.append("line=\(range.start.line)")
      properties.append("col=\(range.start.column)")
    }
    let space = properties.isEmpty ? "" : " "
    return .command("::\(command)\(space)\(properties.joined(separator: ","))::\(Self.escapedData(diagnostic.message))")
  }

  private static func escapedData(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func escapedProperty(_ text: String) -> String {
    escapedData(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension Diagnostic.Severity {
  fileprivate var paint: TerminalText.Paint {
    switch self {
    case .error: .bad
    case .warning: .warning
    case .note: .note
    }
  }
}

/// The lines of the files that diagnostics speak of, split once a file.
private struct SourceLines {
  let source: (String) -> String?
  var split: [String: [Substring]] = [:]
  /// The line that was asked for last: many mistakes may stand on one long line, and finding a column would walk it each time.
  private var last: (path: String, number: Int, characters: [Character])?

  init(source: @escaping (String) -> String?) { self.source = source }

  mutating func line(_ number: Int, of path: String) -> [Character]? {
    if let last, last.path == path, last.number == number { return last.characters }
    if split[path] == nil {
      split[path] = source(path)?.split(omittingEmptySubsequences: false, whereSeparator: Self.endsLine) ?? []
    }
    guard let lines = split[path], lines.indices.contains(number - 1) else { return nil }
    let characters = Array(lines[number - 1])
    last = (path, number, characters)
    return characters
  }

  private static func endsLine(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n" || character == "\r"
  }
}
