import NbrunDiagnostics

/// What people type who know other programs: advice for commands and options that there are not.
enum Habits {
  /// What other programs call a command, and what it is called here.
  private static let commands: [String: String] = [
    "render": "run", "execute": "run", "exec": "run", "build": "run", "make": "run", "lint": "check",
    "validate": "check",
    "test": "verify", "diff": "verify", "compare": "verify", "explain": "why", "status": "why", "list": "steps",
    "ls": "steps", "info": "steps", "fetch": "data", "download": "data", "benchmark": "bench", "cache": "clean",
    "reset": "clean", "completion": "completions", "man": "help", "usage": "help", "h": "help",
  ]

  /// The command that is probably meant by `name`, which is none.
  static func command(meantBy name: String) -> String? {
    commands[name] ?? NearNames.nearest(to: name, among: CommandTable.all.map(\.name))
  }

  /// What other programs call an option, and what it is called here.
  private static let options: [String: String] = [
    "--out": "--output", "--outputs": "--output", "--output-dir": "--output", "--out-dir": "--output",
    "--dir": "--output", "--to": "--format", "--outdir": "--output", "-d": "--output",
    "--force": "--fresh", "-f": "--fresh", "--no-cache": "--fresh", "--rerun": "--fresh", "--clean": "--fresh",
    "-B": "--fresh", "--cache-refresh": "--fresh",
    "--jobs": "--threads", "--cores": "--threads", "-n": "--threads", "-t": "--threads", "--parallel": "--threads",
    "--silent": "--quiet", "-s": "--quiet", "--debug": "--verbose", "--log": "--verbose",
    "--continue": "--keep-going", "--allow-errors": "--keep-going", "--ignore-errors": "--keep-going",
    "--watch": "--live", "-w": "--live", "--serve": "--live", "--preview": "--live",
    "--cell": "--only", "--param": "--set", "-p": "--set", "-P": "--set", "--parameter": "--set", "-D": "--set",
    "--dataset": "--data", "--data-dir": "--data", "--random-seed": "--seed", "--fake-data": "--stand-in",
    "--synthetic": "--stand-in", "--xml": "--junit", "--prefix": "--only", "-?": "--help", "--usage": "--help",
  ]

  /// The end of the message that `name` is no option of the command that is called with `call`.
  static func advice(forOption name: String, among options: [any CommandOption], call: String) -> String {
    let valid = options.map(\.name)
    if let habit = Self.options[name], valid.contains(habit) { return "; did you mean \(habit)?" }
    if name.count > 2, !name.hasPrefix("--") {
      if valid.contains("-" + name) { return "; did you mean -\(name)?" }
    } else if name.count > 4 {
      let begun = valid.filter { $0.hasPrefix(name) }
      if begun.count == 1 { return "; did you mean \(begun[0])?" }
    }
    let owners = CommandTable.all.filter { command in
      command.allOptions.contains { ([$0.name] + $0.aliases).contains(name) }
    }
    if !owners.isEmpty, owners.count < 4 { return "; it is an option of \(owners.map(\.name).joined(separator: ", "))" }
    if name.hasPrefix("--"), let near = NearNames.nearest(to: name, among: valid) { return "; did you mean \(near)?" }
    return "; see \(call) --help"
  }
}
