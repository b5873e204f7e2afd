extension Completions {
  /// A script for bash, to be sourced or installed in its completion folder. What is offered is read line by line, so that
  /// names with spaces stay whole, and only names of files are marked as such, which makes bash quote them.
  var bash: String {
    let folder = "~/.local/share/bash-completion/completions"
    var script = """
      # Completions of \(program) for bash. Install: \(program) completions bash > \(folder)/\(program)
      \(function)_offer() {
        local line
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$@" -- "$current")
      }
      \(function)_files() {
        compopt -o filenames 2>/dev/null
        \(function)_offer "$@"
      }
      \(function)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=run word
        COMPREPLY=()
        # Bash splits --name=text into three words, and leaves quotes and backslashes in what it is to complete.
        if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
        current=${current#[\\"\\']}
        current=${current//\\\\/}
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case $word in
            \(commands.map(\.name).joined(separator: "|"))) command=$word; break ;;
            -*) ;;
            *) break ;;
          esac
        done
        case $command:$previous in

      """
    for command in commands {
      for option in command.allOptions where option.placeholder != nil {
        let names = "\(command.name):\(option.name)" + (option.short.map { "|\(command.name):-\($0)" } ?? "")
        script += "    \(names)) \(bashReply(option.completion)); return ;;\n"
      }
    }
    script += "  esac\n  case $command in\n"
    for command in commands {
      let options = command.allOptions.map(\.name).joined(separator: " ")
      // Where nothing but the program stands, the first word may also be a command.
      let names = command.name == "run" ? "; [[ $COMP_CWORD -eq 1 ]] && \(bashReply(.commands))" : ""
      script += """
            \(command.name)) if [[ $current == -* ]]; then \(function)_offer -W '\(options)'
              else \(bashReply(command.completion))\(names); fi ;;

        """
    }
    return script + "  esac\n}\ncomplete -F \(function) \(program)\n"
  }

  private func bashReply(_ completion: Completion) -> String {
    switch completion {
    case .nothing: ":"
    case .notebooks:
      "\(function)_files -f -X '!*.[mM][dD]'; \(function)_files -f -X '!*.markdown'; \(function)_files -d"
    case .files: "\(function)_files -f"
    case .folders: "\(function)_files -d"
    case .words, .steps, .commands: "\(function)_offer -W '\((words(completion) ?? []).joined(separator: " "))'"
    }
  }
}
