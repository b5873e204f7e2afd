/// The manual page of the program, in the macros of man(7): the same declarations as help, for `man` and those who index such pages.
struct ManualPage {
  let program: String

  /// The page: what the program does, its commands with their options and examples, how it ends.
  func text(of commands: [Command]) -> String {
    var lines = [
      ".TH \(escaped(program.uppercased())) 1 \"\" \"\(escaped(nbrunVersion))\" \"User Commands\"", ".SH NAME",
      "\(escaped(program)) \\- runs literate notebooks and writes reports that can be verified", ".SH SYNOPSIS",
      ".B \(escaped(program))", "\\fINOTEBOOK\\fR... [\\fIoptions\\fR]", ".br", ".B \(escaped(program))",
      "\\fICOMMAND\\fR [\\fIarguments\\fR] [\\fIoptions\\fR]", ".SH DESCRIPTION",
      escaped(Help.purpose(of: program)), ".SH COMMANDS",
    ]
    for command in commands {
      lines.append(".SS \(escaped("\(command.call(in: program)) \(command.arguments)"))")
      lines.append(escaped(command.summary))
      for option in command.allOptions { lines += item(name(option), option.help) }
    }
    lines.append(".SH EXIT STATUS")
    for status in ExitStatus.allCases { lines += item("\\fB\(status.rawValue)\\fR", "\(status.meaning).") }
    lines.append(".SH EXAMPLES")
    for example in commands.flatMap(\.examples) {
      lines += item("\\fB\(escaped("\(program) \(example.call)"))\\fR", example.effect)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func item(_ tag: String, _ text: String) -> [String] { [".TP", tag, escaped(text)] }

  private func name(_ option: any CommandOption) -> String {
    let names = [option.short.map { "-\($0)" }, option.name].compactMap(\.self)
    let value = option.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
    return names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ") + value
  }

  /// Words as they are: no request at a line's start, no escape, hyphens that can be copied.
  private func escaped(_ text: String) -> String {
    let words = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
    return words.hasPrefix(".") || words.hasPrefix("'") ? "\\&\(words)" : words
  }
}
