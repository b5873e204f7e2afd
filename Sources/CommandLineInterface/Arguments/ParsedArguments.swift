import NbrunDiagnostics
import NbrunReporting

/// What the user typed after the program's name, read by a command's declaration. Each of the `Options` is a property:
/// `arguments.threads` is the value of `--threads`; what the command does not take has the value of an option not given.
@dynamicMemberLookup struct ParsedArguments: Sendable {
  /// The arguments that belong to no option.
  private(set) var positionals: [String] = []
  private var values: [String: any Sendable] = [:]
  /// The words that were read, for a program that is to read them again.
  let words: [String]

  subscript<Value>(dynamicMember option: KeyPath<Options, Option<Value>>) -> Value {
    let option = Options()[keyPath: option]
    return values[option.name] as? Value ?? option.absent
  }

  /// Reads `arguments` as those of `command` in the program called `program`.
  /// - Throws: a diagnostic that names the word and, where one is near, what was probably meant.
  init(_ arguments: some Sequence<String>, for command: Command, program: String) throws(Diagnostic) {
    words = Array(arguments)
    var reader = ArgumentReader(rest: words[...], options: command.allOptions, call: command.call(in: program))
    try reader.read()
    for option in command.allOptions {
      if let texts = reader.texts[option.name] { values[option.name] = try option.value(of: texts) }
    }
    positionals = reader.positionals
    if self.help { return }
    if positionals.count < command.argumentCount.lowerBound {
      throw .error("\(command.call(in: program)) needs \(command.arguments); see \(program) help \(command.name)")
    }
    if positionals.count > command.argumentCount.upperBound {
      let superfluous = positionals[command.argumentCount.upperBound]
      throw .error("\(command.call(in: program)) takes no argument \"\(superfluous)\"")
    }
  }
}

/// Splits words into arguments and options with their texts.
private struct ArgumentReader {
  var rest: ArraySlice<String>
  let options: [any CommandOption]
  /// How the command is called, for messages.
  let call: String
  private(set) var positionals: [String] = []
  /// The texts of each option that is given, by name; a flag's is empty.
  private(set) var texts: [String: [String]] = [:]

  mutating func read() throws(Diagnostic) {
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        return
      } else if word.hasPrefix("--") {
        try long(word)
      } else if word.hasPrefix("-"), word != "-" {
        try short(word)
      } else {
        positionals.append(word)
      }
    }
  }

  /// `--name`, `--name value` or `--name=value`
  private mutating func long(_ word: String) throws(Diagnostic) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = options.first(where: { $0.name == parts[0] || $0.aliases.contains(parts[0]) }) else {
      throw unknown(parts[0])
    }
    if option.placeholder == nil, parts.count > 1 { throw .error("\(parts[0]) takes no value") }
    try accept(option, as: option.name, attached: parts.count > 1 ? parts[1] : nil)
  }

  /// `-k`, `-kq`, `-j 4`, `-j4` or `-j=4`
  private mutating func short(_ word: String) throws(Diagnostic) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw word.count > 2 ? unknown(word) : unknown("-\(letter)")
      }
      if option.placeholder == nil {
        if letters.first == "=" { throw .error("-\(letter) takes no value") }
        try accept(option, as: "-\(letter)", attached: nil)
      } else {
        let text = letters.first == "=" ? letters.dropFirst() : letters
        return try accept(option, as: "-\(letter)", attached: letters.isEmpty ? nil : String(text))
      }
    }
  }

  private mutating func accept(_ option: any CommandOption, as written: String, attached: String?) throws(Diagnostic) {
    if texts[option.name] != nil, !option.isRepeatable { throw .error("\(written) is given twice") }
    guard let placeholder = option.placeholder else {
      texts[option.name] = [""]
      return
    }
    guard let text = attached ?? rest.popFirst() else {
      throw .error("\(written) needs a value: \(written) \(placeholder)")
    }
    texts[option.name, default: []].append(text)
  }

  private func unknown(_ name: String) -> Diagnostic {
    .error("\(call) has no option \(name)\(Habits.advice(forOption: name, among: options, call: call))")
  }
}

extension ParsedArguments {
  var junitFile: NamedFile? { self.junit.map(NamedFile.junit) }
  /// The forms of a report that are to be written.
  var formats: Set<ReportFormat> { self.format ?? Set(ReportFormat.usual) }
}
