import Testing

@testable import NbrunReporting

/// Output as a terminal would show it in the end.
@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain\tline", ["plain\tline"]),
    (" 10%|#   |\r 50%|##  |\r100%|####|\ndone", ["100%|####|", "done"]),
    ("long line\rshort", ["shortline"]),
    ("long line\r\u{1B}[Kshort", ["short"]), ("long line\u{1B}[2K\rshort", ["short    "]),
    ("12\u{8}3", ["13"]), ("carriage\r\nreturn\r", ["carriage", "return"]),
    ("\u{1B}[1;31mred\u{1B}[0m plain", ["red plain"]),
    ("a\u{1B}]0;title\u{7}b", ["a␛]0;title␇b"]), ("a\u{0}\u{7F}\u{9B}31m", ["a␀␡\u{FFFD}31m"]),
    ("\u{1B}[999999999Cx", [String(repeating: " ", count: 500) + "x"]), ("\u{1B}[", ["␛["]), ("", []),
    ("\n", ["", ""]),
    ("naïve 日本\r日", ["日aïve 日本"]),
  ])
  func lines(_ text: String, _ expected: [String]) {
    #expect(TerminalText(text.utf8).lines == expected)
  }

  @Test func coloursGoOnOverLinesUntilTheyEnd() throws {
    let shown = TerminalText(
      "a \u{1B}[32mgreen\nstill\u{1B}[0m not\n\u{1B}[38;5;196;4mred\u{1B}[38;2;0;0;255mblue".utf8)
    #expect(shown.lines == ["a green", "still not", "redblue"])
    #expect(shown.colours[0]?.map(\.text) == ["a ", "green"])
    #expect(shown.colours[0]?.map(\.style.colour) == [nil, 2])
    #expect(shown.colours[1]?.map(\.style.colour) == [2, nil])
    #expect(shown.colours[2]?.map(\.style.colour) == [1, 4])
    #expect(shown.colours[2]?.allSatisfy(\.style.isUnderlined) == true)
    #expect(TerminalText("plain".utf8).colours.isEmpty)
    // Behind text, too: of sixteen, of 256, of three parts, and with ink and paper in each other's place.
    let behind = TerminalText(
      "\u{1B}[44ma\u{1B}[102mb\u{1B}[48;5;1mc\u{1B}[48;2;0;0;255md\u{1B}[49;31;7me\u{1B}[27mf\u{1B}[0;47mg".utf8)
    #expect(behind.colours[0]?.map(\.style.background) == [4, 2, 1, 4, 1, nil, nil])
    #expect(behind.lines == ["abcdefg"])
  }
}
