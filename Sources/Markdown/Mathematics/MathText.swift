/// Text in a formula: `\text{…}` and its like, in which TeX reads words, not mathematics.
extension MathParser {
  /// Commands that stand for a character in text alone.
  static let textCharacters: [String: String] = [
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textendash": "–",
    "textemdash": "—", "textquotedblleft": "“", "textquotedblright": "”", "textless": "<", "textgreater": ">",
    "textbar": "|", "TeX": "TeX", "LaTeX": "LaTeX",
  ]

  /// Accents in text, as marks that combine with the letter before them.
  private static let textAccents: [String: String] = [
    "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}", "=": "\u{304}",
    ".": "\u{307}", "c": "\u{327}", "v": "\u{30C}", "u": "\u{306}", "H": "\u{30B}", "r": "\u{30A}",
  ]

  /// What two or three characters of text are printed as, longer ones first.
  private static let ligatures: [(String, String)] = [
    ("---", "—"), ("--", "–"), ("``", "“"), ("\'\'", "”"), ("`", "‘"), ("\'", "’"), ("~", "\u{A0}"),
  ]

  /// The text at `range` of the source. Braces bound a style and are not shown; what stands between dollar signs is mathematics.
  mutating func text(in range: Range<Int>, _ style: MathTextStyle) -> MathExpression {
    var pieces = TextPieces(style: style)
    var styles: [MathTextStyle] = []
    var nextStyle: MathTextStyle?
    var index = range.lowerBound
    var hasUnclosedFormula = false
    while index < range.upperBound {
      let start = index
      switch lexer.source[index] {
      case ASCII.leftBrace:
        styles.append(pieces.style)
        if let next = nextStyle { pieces.style = next }
        nextStyle = nil
        index += 1
      case ASCII.rightBrace:
        pieces.style = styles.popLast() ?? style
        index += 1
      case ASCII.backslash:
        let name = controlName(at: &index, before: range.upperBound)
        switch (MathCommand.all[name], MathParser.textAccents[name]) {
        case (.text(let inner), _): nextStyle = inner
        case (.font(let alphabet), _): pieces.style = alphabet.textStyle
        case (.decoration(let decorations), _):
          pieces.append(decorated(at: &index, before: range.upperBound, decorations, pieces.style))
        case (.colour(toEnd: false), _):
          let colour = colour(in: argument(at: &index, before: range.upperBound))
          let decorations = colour.map { [MathDecoration.coloured($0)] } ?? []
          pieces.append(decorated(at: &index, before: range.upperBound, decorations, pieces.style))
        case (_, let mark?): pieces.text += accented(at: &index, before: range.upperBound) + mark
        case (.space(let width), _):
          pieces.text += width < 0 ? "" : width < 0.25 ? "\u{2009}" : width < 1 ? " " : "\u{2003}"
        case (.letter(let text, _), _), (.symbol(let text, _), _), (.delimiter(let text, _), _): pieces.text += text
        default:
          if let text = name == "\\" ? " " : name == "dots" ? "…" : MathParser.textCharacters[name] {
            pieces.text += text
          } else {
            warn("unknown TeX command \\\(name) in text", at: start..<index, unknownName: .command(name))
            pieces.append(MathAtom(.unknown("\\" + name)))
          }
        }
      case ASCII.dollar where !hasUnclosedFormula:
        if let end = closingDollar(from: index + 1, before: range.upperBound) {
          pieces.append(MathAtom(formula(in: index + 1..<end)))
          index = end + 1
        } else {
          hasUnclosedFormula = true
        }
      default:
        let rest = lexer.source[index..<range.upperBound]
        if let (written, printed) = MathParser.ligatures.first(where: { rest.starts(with: $0.0.utf8) }) {
          pieces.text += printed
          index += written.utf8.count
        } else {
          index += 1
          while index < range.upperBound, lexer.source[index] & 0xC0 == 0x80 { index += 1 }
          pieces.text += source(start..<index)
        }
      }
    }
    return pieces.expression
  }

  /// The name of the command whose backslash stands at `index`, with the white space after a word.
  private func controlName(at index: inout Int, before end: Int) -> String {
    let start = index + 1
    let word = lexer.source.end(of: \.isASCIILetter, from: start, to: end)
    if word > start {
      index = lexer.source.end(of: \.isASCIIWhitespace, from: word, to: end)
      return source(start..<word)
    }
    index = lexer.source.end(of: { $0 & 0xC0 == 0x80 }, from: min(start + 1, end), to: end)
    return source(start..<index)
  }

  /// The letter under an accent, in braces or not.
  private func accented(at index: inout Int, before end: Int) -> String {
    let isBraced = index < end && lexer.source[index] == ASCII.leftBrace
    let start = isBraced ? index + 1 : index
    guard start < end, lexer.source[start].isASCIILetter else { return "\u{A0}" }
    index = start + 1
    if isBraced, index < end, lexer.source[index] == ASCII.rightBrace { index += 1 }
    return source(start..<start + 1)
  }

  /// What braces hold, or one character, where a command in text applies to it.
  private mutating func argument(at index: inout Int, before end: Int) -> Range<Int> {
    let start = index
    if start < end, lexer.source[start] == ASCII.leftBrace, let group = lexer.group(at: start) {
      index = group.upperBound + 1
      return group
    }
    index = lexer.source.end(of: { $0 & 0xC0 == 0x80 }, from: min(start + 1, end), to: end)
    return start..<index
  }

  /// The text that a command in text applies to, with what is done to it.
  private mutating func decorated(
    at index: inout Int, before end: Int, _ decorations: [MathDecoration], _ style: MathTextStyle
  ) -> MathAtom {
    let range = argument(at: &index, before: end)
    guard descend() else { return .nothing }
    defer { depth -= 1 }
    return MathAtom(decorations.reduce(text(in: range, style)) { .decorated($0, $1) })
  }

  private func closingDollar(from start: Int, before end: Int) -> Int? {
    var depth = 0
    var index = start
    while index < end {
      switch lexer.source[index] {
      case ASCII.backslash: index += 1
      case ASCII.leftBrace: depth += 1
      case ASCII.rightBrace: depth -= 1
      case ASCII.dollar where depth == 0: return index
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The formula at `range` of the source, as if it stood alone in running text.
  private mutating func formula(in range: Range<Int>) -> MathExpression {
    let outer = (lexer, current, alphabet, openGroups, openFences, openEnvironments)
    (openGroups, openFences, openEnvironments, alphabet) = (0, 0, 0, .plain)
    lexer.end = range.upperBound
    lexer.skip(to: range.lowerBound)
    advance()
    var row: [MathAtom] = []
    repeat {
      if current.token == .newRow { advance() }
      row += parseRow(endingAt: .formula)
    } while current.token == .newRow
    (lexer, current, alphabet, openGroups, openFences, openEnvironments) = outer
    return .style(MathExpression(row), isDisplay: false, level: nil)
  }

  /// Stretches of text, each in its style, and formulas among them.
  private struct TextPieces {
    var atoms: [MathAtom] = []
    var text = ""
    var style: MathTextStyle {
      didSet {
        guard style != oldValue else { return }
        flush(oldValue)
      }
    }

    mutating func append(_ atom: MathAtom) {
      flush(style)
      atoms.append(atom)
    }

    private mutating func flush(_ style: MathTextStyle) {
      if !text.isEmpty { atoms.append(MathAtom(.text(text, style))) }
      text = ""
    }

    var expression: MathExpression {
      var whole = self
      whole.flush(style)
      return whole.atoms.isEmpty ? .text("", style) : MathExpression(whole.atoms)
    }
  }
}

extension MathAlphabet {
  /// The style of text that an old font command chooses.
  fileprivate var textStyle: MathTextStyle {
    switch self {
    case .bold: .bold
    case .italic, .script: .italic
    case .sansSerif: .sans
    case .monospace: .mono
    default: .plain
    }
  }
}
