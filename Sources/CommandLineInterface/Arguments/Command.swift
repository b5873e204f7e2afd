/// A subcommand, declared once with what it does: parsing, help and completions derive from this.
struct Command: Sendable {
  var name: String
  var summary: String
  /// What its arguments are called in help, such as `NOTEBOOK…`; empty where it takes none.
  var arguments = ""
  var argumentCount = 0...0
  /// What a shell can offer for its arguments.
  var completion = Completion.nothing
  /// Its options, out of all that there are.
  var options: @Sendable (Options) -> [any CommandOption] = { _ in [] }
  /// Whether what it writes to standard output is all that it does: then it has failed where that cannot be written.
  var isAnswer = false
  /// Calls that show its use, each without the program's name and with what it does.
  var examples: [(call: String, effect: String)] = []
  var perform: @Sendable (Invocation) throws -> ExitStatus

  /// Its own options and those of every command.
  var allOptions: [any CommandOption] {
    let all = Options()
    return options(all) + [all.help]
  }

  /// How it is called in the program called `program`: running is what the program does without the name of a command.
  func call(in program: String) -> String { name == CommandTable.run.name ? program : "\(program) \(name)" }
}

/// What a shell can offer for an argument or an option's value.
enum Completion: Sendable, Equatable {
  case nothing
  case notebooks
  case files
  case folders
  case words([String])
  case steps
  case commands
}
