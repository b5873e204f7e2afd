import NbrunDiagnostics
import NbrunRunning

extension Options {
  var manual: Option<Bool> { .flag("--man", "As a manual page, for man; all commands.") }
}

extension Command {
  static let help = Command(
    name: "help", summary: "Shows this overview, or the help of one command.", arguments: "[COMMAND]",
    argumentCount: 0...1, completion: .commands, options: { [$0.manual] }, isAnswer: true,
    examples: [
      ("help verify", "The options of verify, with examples."),
      ("help --man", "The manual page, to be installed where man looks for it."),
    ]
  ) { invocation in
    if invocation.arguments.manual {
      invocation.console.writeData(ManualPage(program: invocation.program.name).text(of: CommandTable.all))
      return .success
    }
    let help = Help(program: invocation.program.name, width: invocation.console.pageWidth)
    guard let name = invocation.arguments.positionals.first else {
      invocation.console.write(help.overview(of: CommandTable.all))
      return .success
    }
    guard let command = CommandTable[name] else {
      let advice =
        Habits.command(meantBy: name).map { "; did you mean \"\($0)\"?" }
        ?? NearNames.advice(for: name, among: CommandTable.all.map(\.name))
      throw Diagnostic.error("there is no command \"\(name)\"\(advice)")
    }
    invocation.console.write(help.text(for: command))
    return .success
  }

  static let version = Command(
    name: "version", summary: "Prints the program's version.", isAnswer: true,
    examples: [("version", "The version; a package of its own says which nbrun it is built with.")]
  ) { invocation in
    let name = invocation.program.name
    invocation.console.write(RunEnvironment.title(ofProgram: name, version: nbrunVersion) + "\n")
    return .success
  }
}
