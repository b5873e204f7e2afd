import NbrunDiagnostics
import Testing

@Suite struct TerminalWriterTests {
  private func sent(_ texts: TerminalText..., color: Bool = false, host: Bool = false) -> String {
    var writer = TerminalWriter(usesColor: color, isReadByHost: host)
    return texts.map { writer.string(for: $0) }.joined()
  }

  @Test func wordsSteerNothing() {
    let words = "a\u{1B}[2J\r\u{9B}b\n\tc"
    #expect(sent("\(words)") == "a␛[2J␍\u{FFFD}b\n\tc")
    #expect(sent(.painted(words, .bad), color: true) == "\u{1B}[1;31ma␛[2J␍\u{FFFD}b\n\tc\u{1B}[0m")
  }

  @Test func whatTheProgramWantsIsSent() {
    #expect(sent(.clearLine + "next") == "\r\u{1B}[Knext")
    #expect(sent("\(TerminalText.painted("✓", .good)) fine", color: true) == "\u{1B}[32m✓\u{1B}[0m fine")
    #expect(sent("\(TerminalText.painted("✓", .good)) fine") == "✓ fine")
  }

  /// To a host a command is none, also one that is spread over several texts.
  @Test(arguments: [
    (["::error::x"], ":\u{FFFD}error::x"),
    (["  ::error::x"], "  :\u{FFFD}error::x"),
    ([" ", ":", ":error::x"], " :\u{FFFD}error::x"),
    (["a\n", "::error::x"], "a\n:\u{FFFD}error::x"),
    (["a ##[error]x"], "a ##\u{FFFD}error]x"),
    (["a #", "#", "[error]x"], "a ##\u{FFFD}error]x"),
    (["##vso[task]x"], "##vso\u{FFFD}task]x"),
    (["a::b", " [c] # [d]"], "a::b [c] # [d]"),
  ])
  func commandsOfHostsAreBroken(texts: [String], expected: String) {
    var writer = TerminalWriter(usesColor: false, isReadByHost: true)
    let sent = texts.map { writer.string(for: TerminalText($0)) }.joined()
    #expect(sent == expected)
    var plain = TerminalWriter(usesColor: false, isReadByHost: false)
    #expect(texts.map { plain.string(for: TerminalText($0)) }.joined() == texts.joined())
  }

  @Test func theWhiteSpaceAtTheEndGoes() {
    let text: TerminalText = "a \(TerminalText.painted("b ", .soft))\(TerminalText.painted("  ", .soft)) "
    #expect(text.trimmingEnd == "a \(TerminalText.painted("b", .soft))")
    #expect(text.trimmingEnd.description == "a b")
  }
}
