extension Completions {
  /// A script for fish, to be installed in its completion folder.
  var fish: String {
    var script = """
      # Completions of \(program) for fish. Install: \(program) completions fish > ~/.config/fish/completions/\(program).fish
      complete -c \(program) -f

      """
    for command in commands {
      script += "complete -c \(program) -n __fish_use_subcommand -a \(command.name) -d '\(escaped(command.summary))'\n"
    }
    let others = commands.map(\.name).filter { $0 != "run" }.joined(separator: " ")
    for command in commands {
      let condition =
        command.name == "run"
        ? "not __fish_seen_subcommand_from \(others)" : "__fish_seen_subcommand_from \(command.name)"
      let start = "complete -c \(program) -n '\(condition)'"
      for option in command.allOptions {
        let short = option.short.map { " -s \($0)" } ?? ""
        let value = option.placeholder == nil ? "" : " \(fishValue(option.completion))"
        script += "\(start)\(short) -l \(option.name.dropFirst(2)) -d '\(escaped(option.help))'\(value)\n"
      }
      if command.completion != .nothing { script += "\(start) \(fishArgument(command.completion))\n" }
    }
    return script
  }

  private func fishValue(_ completion: Completion) -> String {
    switch completion {
    case .nothing: "-x"
    case .files, .notebooks: "-r -F"
    case .folders: "-x -a '(__fish_complete_directories)'"
    case .words, .steps, .commands: "-x -a '\((words(completion) ?? []).joined(separator: " "))'"
    }
  }

  private func fishArgument(_ completion: Completion) -> String {
    switch completion {
    case .notebooks: "-k -a '(__fish_complete_suffix .md)'"
    case .files: "-F"
    case .folders: "-a '(__fish_complete_directories)'"
    case .nothing: ""
    case .words, .steps, .commands: "-a '\((words(completion) ?? []).joined(separator: " "))'"
    }
  }

  /// Text inside single quotes of fish.
  private func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") }
}
