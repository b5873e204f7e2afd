import Diagnostics

/// What the user typed after the program's name, read by a command's declaration.
struct ParsedArguments: Sendable, Equatable {
  /// The arguments that belong to no option.
  private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]

  /// Whether a flag is given.
  func has(_ flag: String) -> Bool {
    values[flag] != nil
  }

  /// The value of an option; the last one where it is given twice.
  func value(_ option: String) -> String? {
    values[option]?.last
  }

  /// All values of a repeatable option.
  func all(_ option: String) -> [String] {
    values[option] ?? []
  }

  /// The value of an option that is a whole number.
  /// - Throws: a diagnostic where it is none or lies outside `range`.
  func integer(_ option: String, in range: ClosedRange<Int>) throws(Diagnostic) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .error("\(option) takes a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }

  /// Reads `arguments` as those of `command`.
  /// - Throws: a diagnostic that names the word and, where one is near, what was probably meant.
  init(_ arguments: some Sequence<String>, for command: Command) throws(Diagnostic) {
    var rest = Array(arguments)[...]
    var onlyPositionals = false
    while let word = rest.popFirst() {
      if onlyPositionals || !word.hasPrefix("-") || word == "-" {
        positionals.append(word)
      } else if word == "--" {
        onlyPositionals = true
      } else {
        try option(word, rest: &rest, of: command)
      }
    }
    if positionals.count < command.fewestArguments, !has("--help") {
      throw .error("\(command.call) needs \(command.arguments); see nbrun \(command.name) --help")
    }
    if positionals.count > command.mostArguments {
      throw .error("\(command.call) takes no argument \"\(positionals[command.mostArguments])\"")
    }
  }

  private mutating func option(_ word: String, rest: inout ArraySlice<String>, of command: Command) throws(Diagnostic) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var name = parts[0] == "-h" ? "--help" : parts[0]
    guard let option = command.allOptions.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
      let near = NearNames.nearest(to: name, among: command.allOptions.map(\.name))
      let advice = near.map { "; did you mean \($0)?" } ?? "; see \(command.call) --help"
      throw .error("\(command.call) has no option \(name)\(advice)")
    }
    name = option.name
    if values[name] != nil, !option.isRepeatable {
      throw .error("\(name) is given twice")
    }
    guard let placeholder = option.value else {
      if parts.count > 1 { throw .error("\(name) takes no value") }
      values[name] = []
      return
    }
    guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
      throw .error("\(name) needs a value: \(name) \(placeholder)")
    }
    values[name, default: []].append(value)
  }
}

extension Command {
  /// How it is called.
  var call: String {
    name == "run" ? "nbrun" : "nbrun \(name)"
  }

  /// Its own options and those of every command.
  var allOptions: [CommandOption] {
    options + [.flag("--help", "Show this help.")]
  }
}
