/// A subcommand, declared once: parsing, help and completions derive from this.
struct Command: Sendable {
  /// Its name.
  var name: String
  /// One sentence.
  var summary: String
  /// What its arguments are called in help, such as `NOTEBOOK…`; empty where it takes none.
  var arguments: String
  /// What its arguments are, for completions.
  var completion = Completion.nothing
  /// The fewest arguments that it takes.
  var fewestArguments = 0
  /// The most arguments that it takes.
  var mostArguments = 0
  /// Its options.
  var options: [CommandOption] = []
  /// Calls that show its use, each with what it does.
  var examples: [(call: String, effect: String)]

  /// What a shell can offer for an argument or an option's value.
  enum Completion: Sendable, Equatable {
    case nothing
    case notebooks
    case files
    case folders
    case words([String])
    case steps
  }
}

/// An option of a command: a flag, or a name with a value.
struct CommandOption: Sendable {
  /// The name with its hyphens.
  var name: String
  /// What the value is called in help; nil for a flag.
  var value: String?
  /// One sentence.
  var help: String
  /// Whether it may be given more than once.
  var isRepeatable = false
  /// What a shell can offer for its value.
  var completion = Command.Completion.nothing
  /// Other names that it may be given by.
  var aliases: [String] = []

  static func flag(_ name: String, _ help: String, aliases: [String] = []) -> CommandOption {
    CommandOption(name: name, value: nil, help: help, aliases: aliases)
  }

  static func value(
    _ name: String, _ value: String, _ help: String, completion: Command.Completion = .nothing
  ) -> CommandOption {
    CommandOption(name: name, value: value, help: help, completion: completion)
  }

  static func list(_ name: String, _ value: String, _ help: String) -> CommandOption {
    CommandOption(name: name, value: value, help: help, isRepeatable: true)
  }
}
