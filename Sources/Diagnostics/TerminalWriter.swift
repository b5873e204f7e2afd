/// Turns texts into what a terminal or a log is sent. The only place that does: words are written so that nothing in them steers
/// a terminal or is a command to a host that reads the log, also where one is spread over several texts.
package struct TerminalWriter: Sendable {
  private let usesColor: Bool
  private let isReadByHost: Bool
  private var line = HostLine()

  /// A writer.
  /// - Parameters:
  ///   - usesColor: whether words that are set off are.
  ///   - isReadByHost: whether a host of CI looks for commands in what is written.
  package init(usesColor: Bool, isReadByHost: Bool) { (self.usesColor, self.isReadByHost) = (usesColor, isReadByHost) }

  /// What is to be sent for `text`.
  package mutating func string(for text: TerminalText) -> String {
    // Something else may have ended the line meanwhile.
    line.startsAnew()
    var sent = ""
    for part in text.parts {
      switch part {
      case .words(let words, let paint):
        let harmless = harmless(words)
        if let paint, usesColor { sent += "\u{1B}[\(paint.rawValue)m\(harmless)\u{1B}[0m" } else { sent += harmless }
      case .clearLine: sent += "\r\u{1B}[K"
      case .command(let command):
        sent += ControlCharacters.visible(command, keeping: []) + "\n"
        line.startsAnew()
      }
    }
    return sent
  }

  private mutating func harmless(_ words: String) -> String {
    let visible = ControlCharacters.visible(words)
    guard isReadByHost else { return visible }
    var scalars = String.UnicodeScalarView()
    for scalar in visible.unicodeScalars { scalars.append(line.takesForCommand(scalar) ? "\u{FFFD}" : scalar) }
    return String(scalars)
  }
}

/// What hosts take for a command: `::` at the start of a line, white space aside, and `##[` or `##name[` anywhere in it; both are
/// also found behind characters that are not seen.
private struct HostLine: Sendable {
  private enum Start { case blank, colon, text }
  private enum Marks { case none, one, two }
  private var start = Start.blank
  private var marks = Marks.none

  /// A colon that stands alone so far may still be the first of two.
  mutating func startsAnew() {
    if start == .text { start = .blank }
  }

  /// Reads on.
  /// - Returns: whether `scalar` is the one that would make a command of what stands before it.
  mutating func takesForCommand(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" {
      self = HostLine()
      return false
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return false }
    var isCommand = false
    switch start {
    case .blank where scalar == ":": start = .colon
    case .blank where scalar.properties.isWhitespace: break
    case .colon where scalar.properties.isWhitespace: start = .blank
    case .colon where scalar == ":":
      isCommand = true
      start = .text
    default: start = .text
    }
    switch marks {
    case .none: if scalar == "#" { marks = .one }
    case .one: marks = scalar == "#" ? .two : .none
    case .two where scalar == "[":
      isCommand = true
      marks = .none
    case .two: if scalar != "#", !scalar.properties.isAlphabetic { marks = .none }
    }
    return isCommand
  }
}
