import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunMarkdown

extension Options {
  var unsafe: Option<Bool> { .flag("--unsafe", "Pass raw HTML and every link through.") }
  var notebook: Option<Bool> {
    .flag("--notebook", "Add the extensions that notebooks have: tables, mathematics and others.")
  }
}

extension Command {
  static let markdown = Command(
    name: "markdown", summary: "Turns Markdown on standard input into HTML on standard output.",
    options: { [$0.unsafe, $0.notebook] }, isAnswer: true, examples: [("markdown < README.md", "Pure CommonMark.")]
  ) { try $0.markdown() }
}

extension Invocation {
  /// `nbrun markdown`: standard input to HTML on standard output.
  func markdown() throws -> ExitStatus {
    let input: Data
    do { input = try FilePath.standardInput(upTo: NotebookLoader.largestNotebook) } catch {
      throw Diagnostic.error("standard input cannot be read: \(error)")
    }
    let document = MarkdownDocument(parsing: Array(input), options: arguments.notebook ? .notebook : .commonMark)
    console.writeData(document.html(arguments.unsafe ? .unsafe : .plain))
    if !document.diagnostics.isEmpty { console.report(document.diagnostics.map { $0.inFile("standard input") }) }
    return .success
  }
}
