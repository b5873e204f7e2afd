/// The text of `--help`, wrapped for the terminal.
enum Help {
  /// The columns that help takes where there is room for them.
  static let greatestWidth = 100

  /// Help for one command.
  static func text(for command: Command, width: Int = greatestWidth) -> String {
    var text = paragraph(command.summary, width) + "\nUsage: \(command.call)"
    if !command.arguments.isEmpty { text += " \(command.arguments)" }
    text += " [options]\n\nOptions:\n"
    text += table(command.allOptions.map { (name($0), $0.help) }, width)
    text += "\nExamples:\n"
    text += table(command.examples.map { ($0.call, $0.effect) }, width)
    return text
  }

  /// Help for the whole program.
  static func overview(of commands: [Command], width: Int = greatestWidth) -> String {
    let purpose = """
      nbrun runs literate notebooks: Markdown files whose fenced cells name steps, and writes reports that can be verified.
      """
    var text = """
      \(paragraph(purpose, width))
      Usage: nbrun NOTEBOOK… [options]
             nbrun COMMAND [arguments] [options]

      Commands:

      """
    text += table(commands.map { ("\($0.name) \($0.arguments)", $0.summary) }, width) + "\n"
    text += paragraph("nbrun COMMAND --help tells more of each, nbrun run --help the options of a run.", width)
    let statuses = """
      Exit status: 0 all well; 1 a cell failed, a claim broke, verify found a difference or why found staleness; \
      2 bad usage or an invalid notebook; 3 data cannot be had; 129 ended by a hangup; 130 interrupted; \
      141 what was asked for could not be written.
      """
    return text + paragraph(statuses, width)
  }

  private static func paragraph(_ text: String, _ width: Int) -> String {
    wrapped(text, to: min(width, greatestWidth)).joined(separator: "\n") + "\n"
  }

  private static func name(_ option: CommandOption) -> String {
    option.value.map { "\(option.name) \($0)" } ?? option.name
  }

  /// Two columns, the right one wrapped. Where there is little room, what is long on the left stands on a line of its own.
  private static func table(_ rows: [(String, String)], _ total: Int) -> String {
    let total = max(40, min(total, greatestWidth))
    let width = min(total / 3 + 1, (rows.map(\.0.count).max() ?? 0) + 2)
    var text = ""
    for (left, right) in rows {
      let lines = wrapped(right, to: total - 2 - width)
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
