import Diagnostics
import Foundation
import Markdown
import Markup

/// `nbrun markdown`: standard input to HTML on standard output.
struct MarkdownCommand {
  let console: Console

  func run(_ arguments: ParsedArguments) throws {
    let input = try FileHandle.standardInput.readToEnd() ?? Data()
    let document = MarkdownDocument(
      parsing: Array(input), options: arguments.has("--notebook") ? .notebook : .commonMark)
    console.writeData(document.html(arguments.has("--unsafe") ? .unsafe : []))
    if !document.diagnostics.isEmpty { console.report(document.diagnostics.map { $0.inFile("standard input") }) }
  }
}
