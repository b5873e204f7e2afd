import NbrunDiagnostics

extension Command {
  static let completions = Command(
    name: "completions", summary: "Prints completions for a shell.", arguments: "bash|zsh|fish", argumentCount: 1...1,
    completion: .words(Completions.Shell.allCases.map(\.rawValue)),
    isAnswer: true, examples: [("completions bash", "A script to source or to install.")]
  ) { invocation in
    let name = invocation.arguments.positionals[0]
    guard let shell = Completions.Shell(rawValue: name) else {
      let valid = Completions.Shell.allCases.map(\.rawValue)
      throw Diagnostic.error("there are no completions for \"\(name)\"\(NearNames.advice(for: name, among: valid))")
    }
    let program = invocation.program
    let completions = Completions(
      program: program.name, commands: CommandTable.all, steps: program.steps.names.map(\.text))
    invocation.console.writeData(completions.script(for: shell))
    return .success
  }
}
