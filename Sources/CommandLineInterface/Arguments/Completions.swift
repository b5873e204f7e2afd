/// Shell completions, generated from the declarations that parsing and help use.
enum Completions {
  /// The shells that completions are written for.
  static let shells = ["bash", "zsh"]

  /// A script for bash, to be sourced or installed in its completion folder.
  static func bash(_ commands: [Command], steps: [String]) -> String {
    var script = """
      # Completions of nbrun for bash. Install: nbrun completions bash > ~/.local/share/bash-completion/completions/nbrun
      _nbrun() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=run word
        COMPREPLY=()
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
      for option in command.options where option.value != nil {
        script += "    \(command.name):\(option.name)) \(bashReply(option.completion, steps: steps)); return ;;\n"
      }
    }
    script += "  esac\n  case $command in\n"
    for command in commands {
      let options = command.allOptions.map(\.name).joined(separator: " ")
      let names =
        command.name == "run"
        ? "; [[ $COMP_CWORD -eq 1 ]] && COMPREPLY+=($(compgen -W '\(commandNames(commands))' -- \"$current\"))" : ""
      script += """
            \(command.name)) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '\(options)' -- "$current"))
              else \(bashReply(command.completion, steps: steps))\(names); fi ;;

        """
    }
    return script + "  esac\n}\ncomplete -o filenames -F _nbrun nbrun\n"
  }

  private static func commandNames(_ commands: [Command]) -> String {
    commands.map(\.name).joined(separator: " ")
  }

  private static func bashReply(_ completion: Command.Completion, steps: [String]) -> String {
    switch completion {
    case .nothing: ":"
    case .notebooks: "COMPREPLY=($(compgen -f -X '!*.md' -- \"$current\") $(compgen -d -- \"$current\"))"
    case .files: "COMPREPLY=($(compgen -f -- \"$current\"))"
    case .folders: "COMPREPLY=($(compgen -d -- \"$current\"))"
    case .words(let words): "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$current\"))"
    case .steps: "COMPREPLY=($(compgen -W '\(steps.joined(separator: " "))' -- \"$current\"))"
    }
  }

  /// A script for zsh, to be installed as `_nbrun` in a folder of `fpath`.
  static func zsh(_ commands: [Command], steps: [String]) -> String {
    var script = """
      #compdef nbrun
      # Completions of nbrun for zsh. Install: nbrun completions zsh > "${fpath[1]}/_nbrun"; or source <(nbrun completions zsh)
      _nbrun() {
        local command=run
        local -a commands=(

      """
    for command in commands { script += "    '\(command.name):\(escaped(command.summary))'\n" }
    script += """
        )
        if (( CURRENT > 2 )) && (( ${commands[(I)$words[2]:*]} )); then
          command=$words[2]
          shift words
          (( CURRENT-- ))
        fi
        case $command in

      """
    for command in commands {
      script += "    \(command.name)) _arguments"
      for option in command.allOptions {
        let star = option.isRepeatable ? "*" : ""
        let value = option.value.map { ":\($0):\(zshAction(option.completion, steps: steps))" } ?? ""
        script += " \\\n      '\(star)\(option.name)[\(escaped(option.help))]\(value)'"
      }
      if command.name == "run" { script += " \\\n      '1: :{ _describe command commands; _files -g \"*.md\" }'" }
      if command.mostArguments > 0 {
        script += " \\\n      '*:\(escaped(command.arguments)):\(zshAction(command.completion, steps: steps))'"
      }
      script += " ;;\n"
    }
    return script + "  esac\n}\nif [[ $funcstack[1] = _nbrun ]]; then _nbrun \"$@\"; else compdef _nbrun nbrun; fi\n"
  }

  private static func zshAction(_ completion: Command.Completion, steps: [String]) -> String {
    switch completion {
    case .nothing: " "
    case .notebooks: "_files -g \"*.md(-.) *(-/)\""
    case .files: "_files"
    case .folders: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .steps: "(\(steps.joined(separator: " ")))"
    }
  }

  /// Text inside a single-quoted specification of zsh.
  private static func escaped(_ text: String) -> String {
    text.replacing("'", with: "'\\''").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:")
  }
}
