import NbrunDiagnostics
import Testing

@testable import NbrunCommandLineInterface

@Suite struct ParsedArgumentsTests {
  @Test func optionsAndArgumentsMayStandInAnyOrder() throws {
    let parsed = try parse(
      "--output=here", "a.md", "--set", "x.y=1", "--fresh", "b.md", "--set", "x.z==2", "--", "--c.md")
    #expect(parsed.positionals == ["a.md", "b.md", "--c.md"])
    #expect(parsed.output == "here")
    #expect(parsed.set.map(\.key) == ["y", "z"] && parsed.set.map(\.value) == ["1", "=2"])
    #expect(parsed.fresh && !parsed.keepGoing)
  }

  @Test func shortOptionsMayBeJoined() throws {
    for words in [["-kqj4", "-ohere"], ["-qkj=4", "-o=here"], ["-k", "-q", "-j", "4", "-o", "here"]] {
      let parsed = try ParsedArguments(["a.md"] + words, for: .run, program: "nbrun")
      #expect(parsed.keepGoing && parsed.quiet && !parsed.verbose && parsed.threads == 4 && parsed.output == "here")
    }
    #expect(try parse("-v", "a.md").verbose)
    #expect(try parse("-h").help)
  }

  @Test func anOptionMayHaveAnotherName() throws {
    #expect(try ParsedArguments(["a.md", "--sample"], for: .verify, program: "nbrun").attest)
    #expect(throws: Diagnostic.error("--attest is given twice")) {
      try ParsedArguments(["a.md", "--sample", "--attest"], for: .verify, program: "nbrun")
    }
  }

  /// What a command does not take has the value of an option that is not given.
  @Test func whatIsNotGivenIsAbsent() throws {
    let parsed = try ParsedArguments([], for: .clean, program: "nbrun")
    #expect(parsed.threads == nil && parsed.set.isEmpty && !parsed.fresh && parsed.format == nil)
  }

  private func parse(_ words: String...) throws -> ParsedArguments {
    try ParsedArguments(words, for: .run, program: "nbrun")
  }

  @Test(arguments: [
    (["a.md", "--frsh"], "nbrun has no option --frsh; did you mean --fresh?"),
    (["a.md", "--quite-other"], "nbrun has no option --quite-other; see nbrun --help"),
    (["a.md", "--output"], "--output needs a value: --output DIR"),
    (["a.md", "--fresh=1"], "--fresh takes no value"),
    (["a.md", "--fresh", "--fresh"], "--fresh is given twice"),
    ([], "nbrun needs NOTEBOOK…; see nbrun help run"),
    (["a.md", "--keep"], "nbrun has no option --keep; did you mean --keep-going?"),
    (["a.md", "--force"], "nbrun has no option --force; did you mean --fresh?"),
    (["a.md", "--jobs", "2"], "nbrun has no option --jobs; did you mean --threads?"),
    (["a.md", "-fresh"], "nbrun has no option -fresh; did you mean --fresh?"),
    (["a.md", "-x"], "nbrun has no option -x; see nbrun --help"),
    (["a.md", "-qx"], "nbrun has no option -qx; see nbrun --help"),
    (["a.md", "--strict"], "nbrun has no option --strict; it is an option of verify"),
    (["a.md", "--sample"], "nbrun has no option --sample; it is an option of verify"),
    (["a.md", "-k", "--keep-going"], "--keep-going is given twice"),
    (["a.md", "-q=1"], "-q takes no value"),
    (["a.md", "-j"], "-j needs a value: -j N"),
    (["a.md", "--output="], "--output takes a text that is not empty, not \"\""),
    (["a.md", "--format", "pdf"], "--format takes a list of html, md, ipynb, csv, not \"pdf\""),
    (["a.md", "--format", ","], "--format takes a list of html, md, ipynb, csv, not \",\""),
    (["a.md", "--seed", "-1"], "--seed takes a whole number from 0 to 4294967295, not \"-1\""),
    (["a.md", "--set", "x=1"], "--set takes CELL.KEY=VALUE, not \"x=1\""),
    (["a.md", "--set", ".x=1"], "--set takes CELL.KEY=VALUE, not \".x=1\""),
  ])
  func badUsageIsSaidInOneLine(arguments: [String], message: String) {
    #expect(throws: Diagnostic.error(message)) { try ParsedArguments(arguments, for: .run, program: "nbrun") }
  }

  @Test func superfluousArgumentsAreRefused() {
    #expect(throws: Diagnostic.error("nbrun completions takes no argument \"zsh\"")) {
      try ParsedArguments(["bash", "zsh"], for: .completions, program: "nbrun")
    }
  }

  @Test(arguments: ["0", "-1", "many", "1.5", "99999999999999999999"])
  func numbersAreChecked(text: String) {
    #expect(throws: Diagnostic.error("--threads takes a whole number from 1 to 1024, not \"\(text)\"")) {
      try parse("a.md", "--threads", text)
    }
  }

  // MARK: The list of commands

  @Test func theListIsConsistent() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for command in CommandTable.all {
      let options = command.allOptions.map(\.name)
      #expect(Set(options).count == options.count, "\(command.name) declares an option twice")
      #expect(options.allSatisfy { $0.hasPrefix("--") })
      let letters = command.allOptions.compactMap(\.short)
      #expect(Set(letters).count == letters.count, "\(command.name) declares a letter twice")
      #expect(!command.examples.isEmpty && command.summary.hasSuffix("."))
      #expect(command.examples.allSatisfy { !$0.call.hasPrefix("nbrun") && $0.effect.hasSuffix(".") })
      #expect(command.allOptions.allSatisfy { $0.help.hasSuffix(".") })
    }
  }

  /// Every example in the help is a call that its command accepts.
  @Test func examplesParse() throws {
    for command in CommandTable.all {
      for example in command.examples {
        let call = example.call.prefix { $0 != "<" && $0 != ">" }
        var words = call.split(separator: " ").map(String.init)
        if words.first == command.name { words.removeFirst() }
        #expect(throws: Never.self, "\(example.call)") { try ParsedArguments(words, for: command, program: "nbrun") }
      }
    }
  }
}
