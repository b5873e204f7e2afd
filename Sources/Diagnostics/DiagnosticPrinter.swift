/// Turns diagnostics into text. The only place that decides how one looks.
///
///     notebooks/conv.md:14:9: error: a whole number is expected, not a string
///       stride: "two"
///               ^~~~~
public struct DiagnosticPrinter: Sendable {
  /// Whether severities and carets are coloured, for a terminal.
  public var usesColor: Bool
  /// Whether each error is also printed as a GitHub Actions annotation.
  public var annotates: Bool

  /// A printer.
  public init(usesColor: Bool = false, annotates: Bool = false) {
    self.usesColor = usesColor
    self.annotates = annotates
  }

  /// `diagnostics`, each with the line that it speaks of, where `source` gives its file's text.
  public func string(for diagnostics: [Diagnostic], source: @escaping (String) -> String?) -> String {
    var lines = SourceLines(source: source)
    return diagnostics.map { string(for: $0, lines: &lines) }.joined()
  }

  /// One diagnostic without its source line.
  public func string(for diagnostic: Diagnostic) -> String {
    var lines = SourceLines(source: { _ in nil })
    return string(for: diagnostic, lines: &lines)
  }

  private func string(for diagnostic: Diagnostic, lines: inout SourceLines) -> String {
    var text = ""
    if annotates { text += annotation(for: diagnostic) }
    if let path = diagnostic.path {
      // At the start of a line a host would take such a name for a command.
      text += (annotates && path.contains(":") && !path.hasPrefix("/") ? "./" : "") + visible(path)
      if let start = diagnostic.range?.start { text += ":\(start.line):\(start.column)" }
      text += ": "
    }
    text += painted(diagnostic.severity.rawValue + ":", as: diagnostic.severity) + " \(visible(diagnostic.message))\n"
    if let path = diagnostic.path, let range = diagnostic.range, let line = lines.line(range.start.line, of: path) {
      text += excerpt(of: line, at: range, severity: diagnostic.severity)
    }
    return text
  }

  /// The source line and a caret under it; a long line is cut to a window around the place.
  private func excerpt(of line: [Character], at range: SourceRange, severity: Diagnostic.Severity) -> String {
    let window = 100
    let first = max(0, range.start.column - 1 - window / 2)
    let characters = line.dropFirst(first).prefix(window).map(shown)
    let caret = min(range.start.column - 1 - first, characters.count)
    let length = range.end.line > range.start.line ? characters.count - caret : range.end.column - range.start.column
    let marked = max(1, min(length, characters.count - caret))
    let indent = String(characters.prefix(caret).map { $0 == "\t" ? "\t" : " " })
    let mark = "^" + String(repeating: "~", count: marked - 1)
    // Hosts look for commands behind white space, but not behind a bar.
    let margin = annotates ? "| " : "  "
    return "\(margin)\(harmless(String(characters)))\n\(margin)\(indent)\(painted(mark, as: severity))\n"
  }

  // MARK: Terminals and hosts

  private func painted(_ text: String, as severity: Diagnostic.Severity) -> String {
    guard usesColor else { return text }
    let code =
      switch severity {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;36"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// A workflow command of GitHub Actions, which shows the message on the file's line.
  public func annotation(for diagnostic: Diagnostic) -> String {
    let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
    var properties: [String] = []
    if let path = diagnostic.path { properties.append("file=\(Self.escapedProperty(path))") }
    if let range = diagnostic.range {
      properties.append("line=\(range.start.line)")
      properties.append("col=\(range.start.column)")
    }
    let space = properties.isEmpty ? "" : " "
    return "::\(command)\(space)\(properties.joined(separator: ","))::\(Self.escapedData(diagnostic.message))\n"
  }

  private static func escapedData(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func escapedProperty(_ text: String) -> String {
    escapedData(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// Text from files, with what would steer a terminal or a host made visible.
  private func visible(_ text: String) -> String {
    harmless(String(text.map(shown)))
  }

  /// `text` without what a host would take for a command of the older form, `##[error]`, which may stand anywhere in a line and
  /// is found behind characters that are not seen.
  private func harmless(_ text: String) -> String {
    guard annotates else { return text }
    let seen = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
    guard seen.unicodeScalars.contains("##[".unicodeScalars) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "[" ? "\u{FFFD}" : $0 }))
  }

  private func shown(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character != "\t" else { return character }
    return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : character
  }
}

/// The lines of the files that diagnostics speak of, split once a file.
private struct SourceLines {
  let source: (String) -> String?
  var split: [String: [Substring]] = [:]
  /// The line that was asked for last: many mistakes may stand on one long line, and finding a column would walk it each time.
  private var last: (path: String, number: Int, characters: [Character])?

  init(source: @escaping (String) -> String?) {
    self.source = source
  }

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
