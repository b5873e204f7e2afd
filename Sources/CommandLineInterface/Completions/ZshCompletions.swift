extension Completions {
  /// A script for zsh, to be installed as `_PROGRAM` in a folder of `fpath`, or to be sourced.
  var zsh: String {
    var script = """
      #compdef \(program)
      # Completions of \(program) for zsh. Install: \(program) completions zsh > "${fpath[1]}/_\(program)"; \
      or source <(\(program) completions zsh)
      \(function)() {
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
      script += "    \(command.name)) _arguments -s"
      for option in command.allOptions { script += " \\\n      \(zshOption(option))" }
      if command.name == "run" { script += " \\\n      '1: :{ _describe command commands; \(zshAction(.notebooks)) }'" }
      if command.argumentCount.upperBound > 0 {
        script += " \\\n      '*:\(escaped(command.arguments)):\(zshAction(command.completion))'"
      }
      script += " ;;\n"
    }
    return script + """
        esac
      }
      if [[ $funcstack[1] = \(function) ]]; then \(function) "$@"; else compdef \(function) \(program); fi

      """
  }

  private func zshOption(_ option: any CommandOption) -> String {
    let value = option.placeholder.map { ":\(escaped($0)):\(zshAction(option.completion))" } ?? ""
    let star = option.isRepeatable ? "*" : ""
    let (shortSign, longSign) = option.placeholder == nil ? ("", "") : ("+", "=")
    let text = "[\(escaped(option.help))]\(value)"
    guard let short = option.short else { return "'\(star)\(option.name)\(longSign)\(text)'" }
    return "'(-\(short) \(option.name))'{-\(short)\(shortSign),\(option.name)\(longSign)}'\(text)'"
  }

  private func zshAction(_ completion: Completion) -> String {
    switch completion {
    case .nothing: " "
    case .notebooks: "_files -g \"*.(md|MD|markdown)(-.) *(-/)\""
    case .files: "_files"
    case .folders: "_files -/"
    case .words, .steps, .commands: "(\((words(completion) ?? []).joined(separator: " ")))"
    }
  }

  /// Text inside a single-quoted specification of zsh.
  private func escaped(_ text: String) -> String {
    text.replacing("'", with: "'\\''").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:")
  }
}
