import NbrunDiagnostics
import Testing

@Suite struct DiagnosticPrinterTests {
  private let source = "step: race\nstride: \"two\"\n\ttabs: x\n"

  @Test func printsTheLineAndACaret() {
    let diagnostic = Diagnostic.error(
      "a number is expected", path: "a.md", at: SourceRange(line: 2, column: 9, length: 5))
    #expect(
      DiagnosticPrinter().string(for: [diagnostic], source: { _ in source }) == """
        a.md:2:9: error: a number is expected
          stride: "two"
                  ^~~~~

        """)
  }

  @Test func keepsTabsBeforeTheCaret() {
    let diagnostic = Diagnostic.warning("odd", path: "a.md", at: SourceRange(line: 3, column: 8, length: 1))
    #expect(
      DiagnosticPrinter().string(for: [diagnostic], source: { _ in source })
        == "a.md:3:8: warning: odd\n  \ttabs: x\n  \t      ^\n")
  }

  @Test func cutsALongLineAroundThePlace() {
    let line = String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 5000)
    let diagnostic = Diagnostic.error("here", path: "a.md", at: SourceRange(line: 1, column: 5001, length: 1))
    let text = DiagnosticPrinter().string(for: [diagnostic], source: { _ in line })
    let lines = text.split(separator: "\n")
    #expect(lines[1].count < 120)
    #expect(lines[1].dropFirst(lines[2].count - 1).first == "!")
  }

  @Test func aPlaceBeyondTheTextHasNoExcerpt() {
    let diagnostic = Diagnostic.error("gone", path: "a.md", at: SourceRange(line: 99, column: 1, length: 1))
    #expect(DiagnosticPrinter().string(for: [diagnostic], source: { _ in source }) == "a.md:99:1: error: gone\n")
  }

  @Test func terminalControlsFromFilesAreMadeVisible() {
    let diagnostic = Diagnostic.error("bad \u{1B}[2J", path: "a\u{7}.md")
    #expect(DiagnosticPrinter().string(for: [diagnostic]) { _ in nil } == "a␇.md: error: bad ␛[2J\n")
  }

  @Test func annotatesForGitHub() {
    let diagnostic = Diagnostic.error("50% off\nnow", path: "a,b.md", at: SourceRange(line: 2, column: 3, length: 1))
    let text = DiagnosticPrinter(annotates: true).string(for: [diagnostic]) { _ in nil }
    #expect(text.hasPrefix("::error file=a%2Cb.md,line=2,col=3::50%25 off%0Anow\n"))
  }

  /// Lines of a file under a diagnostic, as a host reads them: a command begins with `::` behind white space, or `##[` stands
  /// anywhere.
  @Test(arguments: [
    "::error file=b.md,line=1::All is well", "  \t::add-mask::a", "\u{A0}::stop-commands::x",
    "\u{AD}\u{200B}::debug::x",
    "a ##[error]b", "##[add-matcher]m.json", ":\u{AD}:debug::x", "#\u{200B}#\u{AD}[warning]x", "##\u{FE0F}[group]x",
    "::", "a::b",
  ])
  func whatAFileSaysIsNoCommandToAHost(line: String) throws {
    let diagnostics = [
      Diagnostic.error("no such word: \(line)", path: "a.md", at: SourceRange(line: 1, column: 1, length: 2)),
      Diagnostic.error("no such file", path: line, at: SourceRange(line: 1, column: 1, length: 2)),
    ]
    let text = DiagnosticPrinter(annotates: true).string(for: diagnostics) { _ in line }
    let printed = text.split(separator: "\n")
    #expect(printed.count == 8)
    for (index, printed) in printed.enumerated() {
      let seen = String(
        String.UnicodeScalarView(printed.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint })
      ).drop(while: \.isWhitespace)
      // The annotations themselves are the only commands.
      #expect(seen.hasPrefix("::error file=") == (index % 4 == 0), "\(seen)")
      #expect(index % 4 == 0 || !seen.hasPrefix("::"), "\(seen)")
      #expect(index % 4 == 0 || !seen.contains("##["), "\(seen)")
    }
    // Elsewhere lines are shown as they are.
    let plain = DiagnosticPrinter().string(for: Array(diagnostics.prefix(1))) { _ in line }
    #expect(plain.hasPrefix("a.md:1:1: error: no such word: \(line)\n  \(line)\n"))
  }
}
