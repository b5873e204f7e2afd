import NbrunDiagnostics
import NbrunNotebooks
import NbrunRunning
import Testing

/// What was most likely meant as front matter, a cell or a rule, and is text: said where it stands.
@Suite struct ProseSlipTests {
  /// What parsing says, as `line:column severity message`.
  private func complaints(_ text: String) -> [String] {
    NotebookParser.parse(text.utf8, path: "n.md", context: .none).diagnostics.map { diagnostic in
      let place = diagnostic.range.map { "\($0.start.line):\($0.start.column) " } ?? ""
      return "\(place)\(diagnostic.severity == .error ? "error" : "warning") \(diagnostic.message)"
    }
  }

  private static let misplaced =
    "warning this looks like front matter, which is lines of \"key: value\" between two of --- at the very top of the file; here it is text"

  @Test(arguments: [
    ("\n---\ntitle: X\nseed: 2\n---\n\nText.", 3), ("<!-- note -->\n---\ntitle: X\n---\n", 3),
    ("# Heading\n\n---\nseed: 2\n---\n", 4), (" ---\nseed: 2\n---\n", 2), ("----\nseed: 2\n----\n", 2),
    ("--\nseed: 2\n--\n", 2), ("\u{2014}\nseed: 2\n\u{2014}\n", 2), ("\u{2013}\u{2013}\u{2013}\ntitle: X\n---\n", 2),
    ("+++\nseed: 2\n+++\n", 2), ("title: X\nseed: 3\n---\n\nText.", 1), ("\n---\nTitle: X\nSEED: 2\n---\n", 3),
    ("\n---\nTitle: X\n\nx-tool: a\n---\n", 5), ("+++\ntitle = \"Sums\"\nseed = 2\n+++\n\nText.", 2),
    ("+++\nseed=2\n+++\n", 2), ("---\nseed: 1\n---\n\n---\ntitle: Again\n---\n", 6),
  ])
  func misplacedFrontMatterIsSaid(text: String, line: Int) {
    #expect(complaints(text) == ["\(line):1 \(Self.misplaced)"])
  }

  private static let underline =
    "warning this line makes a heading of what stands right above it; after an empty line it is a rule"

  @Test(arguments: [
    ("Text of\ntwo lines\n---\n\nMore.", 3), ("A sentence.\n---\n", 2), ("One\ntwo\nthree\n-\n", 4),
    ("A sentence.\n  -----  \n", 2),
  ])
  func aRuleThatMakesAHeadingIsSaid(text: String, line: Int) {
    let column = text.contains("  -----") ? 3 : 1
    #expect(complaints(text) == ["\(line):\(column) \(Self.underline)"])
  }

  @Test(arguments: [
    "\u{2018}\u{2018}\u{2018}", "'''", "\u{B4}\u{B4}\u{B4}", "\u{201C}\u{201D}\u{201D}", "``", "~~", "\"\"\"",
    "\u{2032}\u{2032}\u{2032}",
  ])
  func aFenceOfOtherMarksIsSaid(marks: String) {
    let message = "a cell begins with three backticks, ```nbrun; \(marks)nbrun is text"
    #expect(complaints("Text.\n\n\(marks)nbrun\nstep: x\n\(marks)\n") == ["3:1 error \(message)"])
    // In the middle of a paragraph as well, and in any case of letters.
    #expect(
      complaints("Text.\n\(marks) NBrun\nstep: x\n\(marks)\n").first?.hasPrefix("2:1 error a cell begins") == true)
  }

  @Test(arguments: [
    // Front matter
    ("---\nTitle: X\n---\n", "2:1 error unknown key \"Title\" in the front matter; did you mean \"title\"?"),
    ("---\nSEED: 1\n---\n", "2:1 error unknown key \"SEED\" in the front matter; did you mean \"seed\"?"),
    (
      "---\n\u{201C}seed\u{201D}: 1\n---\n",
      "2:1 error unknown key \"\u{201C}seed\u{201D}\" in the front matter; did you mean \"seed\"?"
    ),
    (
      "---\nseed: \u{201C}3\u{201D}\n---\n",
      "2:7 error a value has no quotation marks; did you mean \"3\"?"
    ),
    (
      "---\nstand-in: \"allowed\"\n---\n",
      "2:11 error a value has no quotation marks; did you mean \"allowed\"?"
    ),
    ("---\nseed: 3 # c\n---\n", "2:7 error a comment stands on a line of its own; did you mean \"3\"?"),
    ("---\norder: 3 # c\n---\n", "2:8 error a comment stands on a line of its own; did you mean \"3\"?"),
    ("---\nseed: 1,000\n---\n", "2:7 error digits are not grouped; did you mean \"1000\"?"),
    ("---\nnbrun: \"1\"\n---\n", "2:8 error a value has no quotation marks; did you mean \"1\"?"),
    ("---\nnbrun: 2\n---\n", "2:8 error this program reads version 1 of the notebook language"),
    ("---\nlang: \u{201C}de\u{201D}\n---\n", "2:7 error a value has no quotation marks; did you mean \"de\"?"),
    ("---\nlang: a language\n---\n", "2:7 error lang is a language's tag, such as en, de or pt-BR"),
    ("---\nstand-in: Allowed\n---\n", "2:11 error names are in lower case, with hyphens; did you mean \"allowed\"?"),
    ("---\nstand-in: maybe\n---\n", "2:11 error stand-in can only be \"allowed\"; leave the key out to refuse it"),
    ("---\nseed: many\n---\n", "2:7 error a seed is a whole number from 0 to 4294967295"),
    (
      "---\ntitle: \u{201C}Sums\u{201D}\n---\n",
      "2:8 warning these quotation marks are shown; \"title\" is the rest of the line as it stands"
    ),
    (
      "---\ntitle: X\n\nText.\n\nMore text.\n\n---\n",
      "4:1 error a line of the front matter is \"key: value\"; is the line of --- that ends it missing above this one?"
    ),
    (
      "---\n\nText.\n\nMore text.\n\n---\n",
      "3:1 error a line of the front matter is \"key: value\"; a rule at the top of a notebook is ***"
    ),
    // Cells
    (
      "```nbrun\nStep: x\n```",
      "2:1 error a cell's first key is \"step: NAME\" or \"listing: PATH#SYMBOL\"; did you mean \"step\"?"
    ),
    (
      "```nbrun\n\u{201C}step\u{201D}: x\n```",
      "2:1 error a cell's first key is \"step: NAME\" or \"listing: PATH#SYMBOL\"; did you mean \"step\"?"
    ),
    (
      "```NBRUN\nstep: x\n```",
      "1:4 error \"NBRUN\" nearly spells nbrun; a cell's info string is nbrun and nothing else"
    ),
  ])
  func aKeyInTheWrongCaseAndAQuotationMarkAreSaid(text: String, complaint: String) {
    #expect(complaints(text) == [complaint])
  }

  /// What people write on purpose.
  @Test(arguments: [
    "# Heading\n\nText.\n\n---\n\nMore text.", "A heading\n---\n\nText.", "Two words\n===\n", "***\n\nText.",
    "Note: this is a heading\n---\n", "- a list\n---\n", "a | b\n--- | ---\n1 | 2\n",
    "    ---\n    title: X\n    ---\n",
    "```\n---\ntitle: X\n---\n```\n", "title: X is what it says.", "'quoted' text\n'''\n",
    "``nbrun`` is what a cell says.",
    "\u{2018}nbrun\u{2019}\n", "> ---\n> title: X\n", "---\ntitle: \"Sums\"\n---\n",
    "---\ntitle: \u{201C}Sums\u{201D} and other words\n---\n",
  ])
  func whatIsMeantIsLeftAlone(text: String) {
    #expect(complaints(text) == [])
  }
}
