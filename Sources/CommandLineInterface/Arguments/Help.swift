/// The text of `--help`.
enum Help {
  /// Help for one command.
  static func text(for command: Command) -> String {
    var text = "\(command.summary)\n\nUsage: \(command.call)"
    if !command.arguments.isEmpty { text += " \(command.arguments)" }
    text += " [options]\n\nOptions:\n"
    text += table(command.allOptions.map { (name($0), $0.help) })
    text += "\nExamples:\n"
    text += table(command.examples.map { ("  \($0.call)", $0.effect) }.map { (String($0.0.dropFirst(2)), $0.1) })
    return text
  }

  /// Help for the whole program.
  static func overview(of commands: [Command]) -> String {
    var text = """
      nbrun runs literate notebooks: Markdown files whose fenced cells name steps, and writes reports that can be verified.

      Usage: nbrun NOTEBOOK… [options]
             nbrun COMMAND [arguments] [options]

      Commands:

      """
    text += table(commands.map { ("\($0.name) \($0.arguments)", $0.summary) })
    text += """

      nbrun COMMAND --help tells more of each, nbrun run --help the options of a run.
      Exit status: 0 all well; 1 a cell failed, a claim broke, verify found a difference or why found staleness;
      2 bad usage or an invalid notebook; 3 data cannot be had; 130 interrupted.

      """
    return text
  }

  private static func name(_ option: CommandOption) -> String {
    option.value.map { "\(option.name) \($0)" } ?? option.name
  }

  /// Two columns, the right one wrapped to 100 characters.
  private static func table(_ rows: [(String, String)]) -> String {
    let width = min(34, (rows.map(\.0.count).max() ?? 0) + 2)
    var text = ""
    for (left, right) in rows {
      let lines = wrapped(right, to: 98 - width)
      text += "  " + left
      if left.count + 2 > width {
        text += "\n  " + String(repeating: " ", count: width)
      } else {
        text += String(repeating: " ", count: width - left.count)
      }
      text += lines.joined(separator: "\n  " + String(repeating: " ", count: width)) + "\n"
    }
    return text
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
    return lines
  }
}
