/// What a command is. All of them stand in one list: what is in it is understood, and is what suggestions choose among.
enum MathCommand: Sendable {
  case letter(String, isUpright: Bool)
  case symbol(String, MathClass)
  /// A symbol that may grow after `\left`, `\right` and `\big`.
  case delimiter(String, MathClass)
  case operation(String, isWord: Bool, takesLimits: Bool)
  /// Space in em.
  case space(Double)
  case accent(MathOperator, isUnder: Bool, takesLimits: Bool)
  /// An alphabet for an argument, and one up to the group's end.
  case alphabet(MathAlphabet)
  case font(MathAlphabet)
  case style(isDisplay: Bool, level: Int)
  case size(Double, MathClass)
  case text(MathTextStyle)
  case fraction(MathFraction)
  /// A fraction of what stands before it and after it.
  case infix(MathFraction)
  /// An arrow with something over it.
  case arrow(String)
  /// What is done to an argument, the first first.
  case decoration([MathDecoration])
  /// An argument that is to be spaced as that class is.
  case kind(MathClass)
  /// A colour for an argument; or up to the group's end, unless a group follows.
  case colour(toEnd: Bool)
  case nothing
  /// What another command or the macros read.
  case structure
  case parsed(@Sendable (inout MathParser, MathCall) -> MathAtom)

  static let all: [String: MathCommand] = {
    var all: [String: MathCommand] = [:]
    func add(_ names: String, _ command: (String) -> MathCommand) {
      for (name, text) in pairs(names) { all[name] = command(text) }
    }
    add(MathSymbols.identifiers) { .letter($0, isUpright: false) }
    add(MathSymbols.uprightIdentifiers) { .letter($0, isUpright: true) }
    for (names, kind) in MathSymbols.byClass { add(names) { .symbol($0, kind) } }
    for (names, kind) in MathSymbols.delimiters { add(names) { .delimiter($0, kind) } }
    add(MathSymbols.large) { .operation($0, isWord: false, takesLimits: true) }
    add(MathSymbols.integrals) { .operation($0, isWord: false, takesLimits: false) }
    for name in words(MathSymbols.functions) { all[name] = .operation(name, isWord: true, takesLimits: false) }
    for (name, text) in MathSymbols.limitFunctions { all[name] = .operation(text, isWord: true, takesLimits: true) }
    add(MathSymbols.arrows) { .arrow($0) }
    for (name, mark) in MathSymbols.accents { all[name] = .accent(mark, isUnder: false, takesLimits: false) }
    for (name, mark) in MathSymbols.accentsUnder { all[name] = .accent(mark, isUnder: true, takesLimits: false) }
    for (name, mark, isUnder) in MathSymbols.braces { all[name] = .accent(mark, isUnder: isUnder, takesLimits: true) }
    for (name, width) in MathSymbols.spaces { all[name] = .space(width) }
    for (name, alphabet) in MathAlphabet.commands { all[name] = .alphabet(alphabet) }
    for (name, alphabet) in MathAlphabet.switches { all[name] = .font(alphabet) }
    for (name, height) in [("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0)] {
      let kinds: [(String, MathClass)] = [("", .ordinary), ("l", .opening), ("r", .closing), ("m", .relation)]
      for (suffix, kind) in kinds { all[name + suffix] = .size(height, kind) }
    }
    for (list, style) in textStyles { for name in words(list) { all[name] = .text(style) } }
    for name in words("nonumber notag allowbreak nobreak limits nolimits displaylimits relax") { all[name] = .nothing }
    for name in words(structures) { all[name] = .structure }
    for name in words("mod pmod pod") { all[name] = .parsed { $0.parseModulus($1) } }
    for name in words("hspace hspace* kern mkern hskip mskip") { all[name] = .parsed { $0.parseLength($1) } }
    return all.merging(others) { first, _ in first }
  }()

  private static let textStyles: [(names: String, style: MathTextStyle)] = [
    ("text textrm textnormal textup mbox hbox", .plain), ("textbf", .bold), ("textit textsl emph", .italic),
    ("texttt", .mono), ("textsf", .sans), ("textsc", .small),
  ]

  private static let structures = """
    right end newline cr newcommand newcommand* renewcommand renewcommand* providecommand providecommand* def gdef edef
    xdef let DeclareMathOperator DeclareMathOperator*
    """

  /// The names that suggestions choose among: all, and those that are only known in text.
  static let names: [String] = ([String](all.keys) + MathParser.textCharacters.keys + MathMacros.builtInNames)
    .filter { $0.first?.isLetter == true }.sorted()

  /// What a character is that stands for itself: what the command for it is.
  static let byText: [String: MathCommand] = {
    var commands: [String: MathCommand] = [:]
    // Of two classes of one character a relation comes first.
    for (names, kind) in MathSymbols.byClass + MathSymbols.delimiters {
      for (name, text) in pairs(names) where commands[text] == nil || kind == .relation { commands[text] = all[name] }
    }
    for (name, text) in pairs(MathSymbols.large + "\n" + MathSymbols.integrals) { commands[text] = all[name] }
    return commands
  }()

  /// Whether a character is a large operator.
  static func isOperation(_ text: String) -> Bool {
    if case .operation = byText[text] { true } else { false }
  }

  static let integrals = Set(pairs(MathSymbols.integrals).map(\.1))

  /// Commands that are no symbols.
  private static let others: [String: MathCommand] = [
    "displaystyle": .style(isDisplay: true, level: 0), "textstyle": .style(isDisplay: false, level: 0),
    "scriptstyle": .style(isDisplay: false, level: 1), "scriptscriptstyle": .style(isDisplay: false, level: 2),
    "frac": .fraction(MathFraction()), "dfrac": .fraction(MathFraction(isDisplay: true)),
    "cfrac": .fraction(MathFraction(isDisplay: true)), "tfrac": .fraction(MathFraction(isDisplay: false)),
    "binom": .fraction(MathFraction(hasBar: false, open: "(", close: ")")),
    "dbinom": .fraction(MathFraction(hasBar: false, isDisplay: true, open: "(", close: ")")),
    "tbinom": .fraction(MathFraction(hasBar: false, isDisplay: false, open: "(", close: ")")),
    "over": .infix(MathFraction()), "atop": .infix(MathFraction(hasBar: false)),
    "choose": .infix(MathFraction(hasBar: false, open: "(", close: ")")),
    "brace": .infix(MathFraction(hasBar: false, open: "{", close: "}")),
    "brack": .infix(MathFraction(hasBar: false, open: "[", close: "]")), "boxed": .decoration([.styled("boxed")]),
    "fbox": .decoration([.styled("boxed")]), "cancel": .decoration([.styled("cancel")]),
    "bcancel": .decoration([.styled("bcancel")]), "xcancel": .decoration([.styled("xcancel")]),
    "textcircled": .decoration([.styled("circled")]), "phantom": .decoration([.phantom]),
    "vphantom": .decoration([.phantom, .withoutWidth]), "hphantom": .decoration([.phantom, .withoutHeight]),
    "smash": .decoration([.withoutHeight]), "rlap": .decoration([.withoutWidth]),
    "mathrlap": .decoration([.withoutWidth]), "mathop": .kind(.operation), "mathrel": .kind(.relation),
    "mathbin": .kind(.binary), "mathord": .kind(.ordinary), "mathopen": .kind(.opening), "mathclose": .kind(.closing),
    "mathpunct": .kind(.punctuation), "mathinner": .kind(.inner), "ensuremath": .kind(.ordinary),
    "color": .colour(toEnd: true), "textcolor": .colour(toEnd: false), "sqrt": .parsed { $0.parseRoot($1) },
    "operatorname": .parsed { $0.parseOperatorName($1) }, "operatorname*": .parsed { $0.parseOperatorName($1) },
    "left": .parsed { $0.parseFence($1) }, "middle": .parsed { $0.parseMiddle($1) },
    "begin": .parsed { $0.parseEnvironment($1) },
    "overset": .parsed { $0.parseStack($1) }, "underset": .parsed { $0.parseStack($1) },
    "stackrel": .parsed { $0.parseStack($1) }, "substack": .parsed { $0.parseSubstack($1) },
    "not": .parsed { $0.parseNegation($1) }, "dots": .parsed { parser, _ in parser.dots() },
    "bmod": .parsed { _, _ in MathAtom(.identifier("mod", isUpright: true), .binary) },
    "tag": .parsed { $0.parseTag($1) }, "tag*": .parsed { $0.parseTag($1) },
    "label": .parsed { parser, call in
      _ = parser.parseRawRange(of: "\\label", from: call.start)
      return .nothing
    },
    "hline": .parsed { parser, call in
      parser.warn(
        "\\hline stands only at the beginning of a row of a matrix or an array", at: call.start..<call.start + 6)
      return MathAtom(.unknown("\\hline"))
    },
  ]

  static func words(_ list: String) -> [String] { list.split { $0 == " " || $0 == "\n" }.map(String.init) }

  /// Names and what each stands for, one after the other.
  private static func pairs(_ list: String) -> [(String, String)] {
    let words = words(list)
    return stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
  }
}

/// A use of a command: its name, and where its backslash stands.
struct MathCall: Sendable {
  var name: String
  var start: Int
}
