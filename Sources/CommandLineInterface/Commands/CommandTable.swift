/// The commands, in the order in which help shows them. Each is declared beside what it does; parsing, help and completions
/// derive from this list.
enum CommandTable {
  static let all: [Command] = [
    run, .check, .verify, .why, .plan, .debug, .steps, .data, .bench, .markdown, .clean, .completions, .help, .version,
  ]

  /// What the program does where no command is named.
  static let run = Command.run

  static subscript(name: String) -> Command? { all.first { $0.name == name } }
}
