/// The text of `--help`, wrapped for the terminal.
struct Help {
  /// The columns that help takes where there is room for them.
  static let greatestWidth = 100

  let program: String
  var width = greatestWidth

  func text(for command: Command) -> String {
    var text = paragraph(command.summary) + "\nUsage: \(command.call(in: program))"
    if !command.arguments.isEmpty { text += " \(command.arguments)" }
    text += " [options]\n\nOptions:\n"
    text += table(command.allOptions.map { (name($0), $0.help) })
    text += "\nExamples:\n"
    text += table(command.examples.map { ("\(program) \($0.call)", $0.effect) })
    return text
  }

  /// Help for the whole program.
  func overview(of commands: [Command]) -> String {
    var text = """
      \(paragraph(Self.purpose(of: program)))
      Usage: \(program) NOTEBOOK… [options]
             \(program) COMMAND [arguments] [options]

      Commands:

      """
    text += table(commands.map { ("\($0.name) \($0.arguments)", $0.summary) }) + "\n"
    text += paragraph("\(program) help COMMAND tells more of each, \(program) help run the options of a run.")
    let statuses = ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }
    return text + paragraph("Exit status: \(statuses.joined(separator: "; ")).")
  }

  static func purpose(of program: String) -> String {
    "\(program) runs literate notebooks: Markdown files whose fenced cells name steps, and writes reports that can be verified."
  }

  private func paragraph(_ text: String) -> String {
    Self.wrapped(text, to: min(width, Self.greatestWidth)).joined(separator: "\n") + "\n"
  }

  private func name(_ option: any CommandOption) -> String {
    let names = (option.short.map { "-\($0), " } ?? "") + option.name
    return option.placeholder.map { "\(names) \($0)" } ?? names
  }

  /// Two columns, the right one wrapped. Where there is little room, what is long on the left stands on a line of its own.
  private func table(_ rows: [(String, String)]) -> String {
    let total = max(40, min(width, Self.greatestWidth))
    let width = min(total / 3 + 1, (rows.map(\.0.count).max() ?? 0) + 2)
    var text = ""
    for (left, right) in rows {
      let lines = Self.wrapped(right, to: total - 2 - width)
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
