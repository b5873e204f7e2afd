/// Text for a terminal or a log of which every part knows what it is: words, which steer nothing whatever they hold, or what the
/// program itself wants of its reader.
///
///     let line: TerminalText = "\(TerminalText.painted("✗", .bad)) \(cell.id): \(failure.message)"
package struct TerminalText: Sendable, Equatable {
  /// How words are set off, where colours are wanted.
  package enum Paint: String, Sendable {
    case good = "32"
    case bad = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case accent = "36"
    case strong = "1"
    case soft = "2"
  }

  enum Part: Sendable, Equatable {
    case words(String, Paint?)
    /// Back to the start of the line, which is emptied.
    case clearLine
    /// A line that a host is to take for a command; written by `DiagnosticPrinter` alone.
    case command(String)
  }

  private(set) var parts: [Part] = []

  /// Plain words.
  package init(_ words: some StringProtocol) { append(.words(String(words), nil)) }

  /// Words that are set off.
  package static func painted(_ words: String, _ paint: Paint) -> TerminalText {
    TerminalText(part: .words(words, paint))
  }

  /// Back to the start of the terminal's line, which is emptied.
  package static let clearLine = TerminalText(part: .clearLine)

  static func command(_ line: String) -> TerminalText { TerminalText(part: .command(line)) }
  private init(part: Part) { append(part) }

  private mutating func append(_ part: Part) {
    if case .words("", _) = part { return }
    parts.append(part)
  }

  /// The text with all its words changed by `change`.
  package func mapWords(_ change: (String) -> String) -> TerminalText {
    var text: TerminalText = ""
    for part in parts {
      if case .words(let words, let paint) = part {
        text.append(.words(change(words), paint))
      } else {
        text.append(part)
      }
    }
    return text
  }

  /// The text without the white space at its end.
  package var trimmingEnd: TerminalText {
    var text = self
    while case .words(let words, let paint) = text.parts.last {
      text.parts.removeLast()
      let rest = String(words.reversed().drop(while: \.isWhitespace).reversed())
      if rest.isEmpty { continue }
      text.parts.append(.words(rest, paint))
      break
    }
    return text
  }

  /// Both texts, one after the other.
  package static func + (left: TerminalText, right: TerminalText) -> TerminalText {
    var text = left
    text.parts += right.parts
    return text
  }

  /// Puts `right` behind `left`.
  package static func += (left: inout TerminalText, right: TerminalText) { left.parts += right.parts }
}

extension TerminalText: ExpressibleByStringInterpolation {
  /// Collects the parts of a literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text: TerminalText = TerminalText("")

    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds words of the program.
    package mutating func appendLiteral(_ literal: String) { text.append(.words(literal, nil)) }
    /// Adds words that are set off.
    package mutating func appendInterpolation(_ words: String, _ paint: Paint) { text.append(.words(words, paint)) }
    /// Adds a text as it is.
    package mutating func appendInterpolation(_ value: TerminalText) { text += value }

    /// Adds a value's description as words.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text.append(.words(value.description, nil))
    }
  }

  /// Plain words.
  package init(stringLiteral words: String) { self.init(words) }
  /// The text of a literal with interpolations.
  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}

extension TerminalText: CustomStringConvertible {
  /// The words alone.
  package var description: String {
    parts.map { if case .words(let words, _) = $0 { words } else { "" } }.joined()
  }
}
