/// Delimiters that grow: `\left … \right`, and `\big` and its like.
extension MathParser {
  mutating func parseSized(_ height: Double, _ kind: MathClass, command: String, from start: Int) -> MathAtom {
    guard let text = parseDelimiter(of: command, from: start) else { return MathAtom(.unknown("\\" + command)) }
    guard !text.isEmpty else { return .nothing }
    return MathAtom(.symbol(MathOperator(text: text, isStretchy: true, size: height)), kind)
  }

  /// What stands between `\left` and `\right`, as tall as it needs.
  mutating func parseFence(_ call: MathCall) -> MathAtom {
    var parts: [MathAtom] = []
    appendDelimiter(of: "left", .opening, from: call.start, to: &parts)
    openFences += 1
    parts += parseRow(endingAt: .fence)
    openFences -= 1
    let rightStart = current.range.lowerBound
    if current.token == .command("right") {
      advance()
      appendDelimiter(of: "right", .closing, from: rightStart, to: &parts)
    } else if !isTooDeep {
      warn("\\left has no \\right", at: call.start..<call.start + 5)
    }
    return MathAtom(.row(parts), .inner)
  }

  /// Adds the delimiter that comes next; the command itself stays visible when there is none.
  private mutating func appendDelimiter(
    of command: String, _ kind: MathClass, from start: Int, to parts: inout [MathAtom]
  ) {
    guard let text = parseDelimiter(of: command, from: start) else {
      parts.append(MathAtom(.unknown("\\" + command)))
      return
    }
    if !text.isEmpty { parts.append(MathOperator.fence(text, kind)) }
  }

  /// `\middle`, which closes what stands before it and opens what follows.
  mutating func parseMiddle(_ call: MathCall) -> MathAtom {
    guard let text = parseDelimiter(of: "middle", from: call.start) else { return MathAtom(.unknown("\\middle")) }
    return MathAtom(.symbol(MathOperator(text: text, isStretchy: true)), .opening)
  }

  /// The delimiter that comes next: empty for `.`, nil (with a warning) when there is none.
  private mutating func parseDelimiter(of command: String, from start: Int) -> String? {
    let text: String? =
      switch current.token {
      case .character("."): ""
      case .character("<"): "⟨"
      case .character(">"): "⟩"
      case .character(let character) where "()[]|/".contains(character): String(character)
      case .command(let name):
        switch MathCommand.all[name] {
        case .delimiter(let delimiter, _): delimiter
        case .symbol(let arrow, .relation) where MathParser.verticalArrows.contains(arrow): arrow
        default: nil
        }
      default: nil
      }
    if text == nil {
      warn("\\\(command) needs a delimiter: ( ) [ ] \\{ \\} | \\langle \\rangle or .", from: start)
    } else {
      advance()
    }
    return text
  }

  private static let verticalArrows = "↑↓↕⇑⇓⇕"
}
