/// Delimiters that grow: `\left … \right`, and `\big` and its like.
extension MathParser {
  /// Heights in em, and what the delimiter is to its neighbours.
  static let sizes: [String: (height: Double, kind: MathOperator.Class)] = {
    var sizes: [String: (height: Double, kind: MathOperator.Class)] = [:]
    for (name, height) in [("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0)] {
      sizes[name] = (height, .ordinary)
      sizes[name + "l"] = (height, .opening)
      sizes[name + "r"] = (height, .closing)
      sizes[name + "m"] = (height, .relation)
    }
    return sizes
  }()

  mutating func parseSized(
    _ size: (height: Double, kind: MathOperator.Class), command: String, from start: Int
  ) -> MathAtom {
    guard let text = parseDelimiter(of: command, from: start) else { return MathAtom(.unknown("\\" + command)) }
    var symbol = MathOperator(text, size.kind, isStretchy: true)
    symbol.size = size.height
    symbol.isTight = size.kind != .relation
    return MathAtom(symbol)
  }

  /// What stands between `\left` and `\right`, as tall as it needs.
  mutating func parseFence(from start: Int) -> MathAtom {
    var parts: [MathExpression] = []
    appendDelimiter(of: "left", .opening, from: start, to: &parts)
    openFences += 1
    parts.append(parseRow(endingAt: .fence))
    openFences -= 1
    let rightStart = current.range.lowerBound
    if current.token == .command("right") {
      advance()
      appendDelimiter(of: "right", .closing, from: rightStart, to: &parts)
    } else if !isTooDeep {
      warn("\\left has no \\right", at: start..<start + 5)
    }
    return MathAtom(.row(parts))
  }

  /// Adds the delimiter that comes next; the command itself stays visible when there is none.
  private mutating func appendDelimiter(
    of command: String, _ kind: MathOperator.Class, from start: Int, to parts: inout [MathExpression]
  ) {
    guard let text = parseDelimiter(of: command, from: start) else {
      parts.append(.unknown("\\" + command))
      return
    }
    if !text.isEmpty { parts.append(.symbol(MathOperator(text, kind, isStretchy: true))) }
  }

  mutating func parseMiddle(from start: Int) -> MathAtom {
    guard let text = parseDelimiter(of: "middle", from: start) else { return MathAtom(.unknown("\\middle")) }
    return MathAtom(MathOperator(text, .relation, isStretchy: true))
  }

  /// The delimiter that comes next: empty for `.`, nil (with a warning) when there is none.
  private mutating func parseDelimiter(of command: String, from start: Int) -> String? {
    let text: String?
    switch current.token {
    case .character("."): text = ""
    case .character("<"): text = "⟨"
    case .character(">"): text = "⟩"
    case .character(let character) where "()[]|/".contains(character): text = String(character)
    case .command(let name):
      text =
        MathSymbols.opening[name] ?? MathSymbols.closing[name] ?? MathSymbols.bars[name]
        ?? MathParser.arrowDelimiters[name]
    default: text = nil
    }
    if text == nil {
      warn("\\\(command) needs a delimiter: ( ) [ ] \\{ \\} | \\langle \\rangle or .", from: start)
    } else {
      advance()
    }
    return text
  }

  private static let arrowDelimiters = [
    "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑", "Downarrow": "⇓", "backslash": "\\",
  ]
}
