/// Commands that a document defines for its formulas: `\newcommand`, `\def` and their like.
///
/// They are replaced in a formula's source before it is read, so that what it means stands in plain TeX, for other programs too. A
/// definition holds from its place to the document's end, in other formulas as well.
package struct MathMacros: Sendable {
  private struct Macro {
    var arity = 0
    /// The first argument where it is not given in brackets; nil where it is no option.
    var option: [UInt8]?
    var body: [UInt8]
  }

  private var macros: [String: Macro]
  /// Bytes that replacements may still make; without a limit a few short macros would make a formula of any size.
  private var budget: Int
  /// Bytes that replacements in one formula may make.
  private static let largestFormula = 20_000

  /// Commands of ours that other programs do not know.
  private static let builtIn: [String: Macro] = {
    var macros: [String: Macro] = [:]
    for letter in ["R", "N", "Z", "Q", "C"] { macros[letter] = Macro(body: Array("\\mathbb{\(letter)}".utf8)) }
    for (name, body) in [("argmax", "arg\\,max"), ("argmin", "arg\\,min")] {
      macros[name] = Macro(body: Array("\\operatorname*{\(body)}".utf8))
    }
    return macros
  }()

  static let builtInNames: [String] = builtIn.keys.sorted()

  /// The macros of a document of `size` bytes.
  package init(documentOf size: Int = 0) {
    macros = Self.builtIn
    budget = max(100_000, 4 * size)
  }

  /// A formula with its macros replaced.
  struct Expansion {
    var source: [UInt8]
    /// Where each byte comes from in the formula as written; nil where all of it stands there as it is.
    var places: [Range<Int>]?
    var warnings: [MathWarning] = []
    /// Whether it cannot be read: the macros make no end, or an argument has none.
    var isBroken = false
  }

  /// Reads definitions that stand for themselves; what else the text holds is wrong.
  package mutating func define(_ definitions: String) -> [MathWarning] {
    let expansion = expand(Array(definitions.utf8))
    if let stray = expansion.source.firstIndex(where: { !$0.isASCIIWhitespace }), expansion.warnings.isEmpty {
      let place = expansion.places?[stray] ?? stray..<stray + 1
      let message = "here stand definitions such as \\newcommand{\\vect}[1]{\\mathbf{#1}}"
      return [MathWarning(message: message, range: place)]
    }
    return expansion.warnings
  }

  /// Replaces the macros in a formula, and takes its definitions out.
  mutating func expand(_ source: [UInt8]) -> Expansion {
    guard hasMacros(source) else { return Expansion(source: source) }
    var reader = MacroReader(source)
    var output: [MacroReader.Byte] = []
    var expansion = Expansion(source: [])
    let limit = min(budget, Self.largestFormula)
    while let next = reader.next() {
      guard next.byte == ASCII.backslash else {
        output.append(next)
        continue
      }
      let name = reader.name()
      let place = next.place.lowerBound..<(name.last?.place.upperBound ?? next.place.upperBound)
      let text = String(decoding: name.map(\.byte), as: UTF8.self)
      let problem: String?
      if let isDelimited = Self.definitions[text] {
        problem = define(text, isDelimited: isDelimited, reader: &reader)
      } else if let macro = macros[text] {
        problem = reader.replace(by: macro.body, arity: macro.arity, option: macro.option, of: text, at: place)
      } else {
        output.append(next)
        output += name
        continue
      }
      if let problem { expansion.warnings.append(MathWarning(message: problem, range: place)) }
      if reader.inserted > limit || expansion.warnings.count >= MathWarning.most {
        expansion.warnings.append(
          MathWarning(message: "\\\(text) stands for more than \(limit) characters", range: place))
        expansion.isBroken = true
        break
      }
    }
    if reader.isUnclosed { expansion.isBroken = true }
    budget -= min(budget, reader.inserted)
    expansion.source = output.map(\.byte)
    expansion.places = output.map(\.place)
    return expansion
  }

  /// Whether a formula names a macro or defines one.
  private func hasMacros(_ source: [UInt8]) -> Bool {
    var index = 0
    while index + 1 < source.count {
      guard source[index] == ASCII.backslash else {
        index += 1
        continue
      }
      let start = index + 1
      index = start + 1
      if source[start].isASCIILetter { index = source.end(of: \.isASCIILetter, from: index, to: source.count) }
      let name = String(decoding: source[start..<index], as: UTF8.self)
      if macros[name] != nil || Self.definitions[name] != nil { return true }
    }
    return false
  }

  // MARK: Definitions

  /// The commands that define others, and whether `#1#2` gives the arguments.
  private static let definitions: [String: Bool] = [
    "newcommand": false, "renewcommand": false, "providecommand": false, "DeclareMathOperator": false, "let": true,
    "def": true, "gdef": true, "edef": true, "xdef": true,
  ]

  /// Reads what follows a defining command.
  /// - Returns: what is wrong with it.
  private mutating func define(_ command: String, isDelimited: Bool, reader: inout MacroReader) -> String? {
    let isStarred = reader.skip(ASCII.asterisk)
    guard let name = reader.definedName() else { return "\\\(command) needs the name that it defines, such as \\vect" }
    if command == "let" {
      _ = reader.skip(ASCII.equals)
      guard let other = reader.argument() else { return "\\let needs the command that \\\(name) is to be" }
      macros[name] = other.first == ASCII.backslash ? macros[String(decoding: other.dropFirst(), as: UTF8.self)] : nil
      if macros[name] == nil { macros[name] = Macro(body: other) }
      return nil
    }
    var macro = Macro(body: [])
    if isDelimited {
      guard let arity = reader.parameters() else { return "\\\(command)\\\(name) takes its arguments as #1#2 only" }
      macro.arity = arity
    } else if command != "DeclareMathOperator", let count = reader.option() {
      guard let arity = Int(String(decoding: count, as: UTF8.self)), (0...9).contains(arity) else {
        return "the number of \\\(name)'s arguments is 0 to 9"
      }
      macro.arity = arity
      macro.option = arity > 0 ? reader.option() : nil
    }
    guard let body = reader.group() else { return "\\\(command)\\\(name) needs in braces what it stands for" }
    macro.body = body
    if command == "DeclareMathOperator" {
      macro.body = Array("\\operatorname\(isStarred ? "*" : ""){".utf8) + body + [ASCII.rightBrace]
    }
    let isKnown = macros[name] != nil || MathCommand.all[name] != nil
    if command != "providecommand" || !isKnown { macros[name] = macro }
    return nil
  }
}
