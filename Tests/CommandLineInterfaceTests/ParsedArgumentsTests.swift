import Diagnostics
import Testing

@testable import CommandLineInterface

@Suite struct ParsedArgumentsTests {
  @Test func optionsAndArgumentsMayStandInAnyOrder() throws {
    let parsed = try ParsedArguments(
      ["--output=here", "a.md", "--set", "x.y=1", "--fresh", "b.md", "--set", "x.z==2", "--", "--c.md"],
      for: CommandTable.run)
    #expect(parsed.positionals == ["a.md", "b.md", "--c.md"])
    #expect(parsed.value("--output") == "here")
    #expect(parsed.all("--set") == ["x.y=1", "x.z==2"])
    #expect(parsed.has("--fresh") && !parsed.has("--keep-going"))
  }

  @Test(arguments: [
    (["a.md", "--frsh"], "nbrun has no option --frsh; did you mean --fresh?"),
    (["a.md", "--quite-other"], "nbrun has no option --quite-other; see nbrun --help"),
    (["a.md", "--output"], "--output needs a value: --output DIR"),
    (["a.md", "--fresh=1"], "--fresh takes no value"),
    (["a.md", "--fresh", "--fresh"], "--fresh is given twice"),
    ([], "nbrun needs NOTEBOOK…; see nbrun run --help"),
  ])
  func badUsageIsSaidInOneLine(arguments: [String], message: String) {
    #expect(throws: Diagnostic.error(message)) { try ParsedArguments(arguments, for: CommandTable.run) }
  }

  @Test func superfluousArgumentsAreRefused() {
    #expect(throws: Diagnostic.error("nbrun completions takes no argument \"zsh\"")) {
      try ParsedArguments(["bash", "zsh"], for: CommandTable.completions)
    }
  }

  @Test(arguments: ["0", "-1", "many", "1.5", "99999999999999999999"])
  func numbersAreChecked(text: String) throws {
    let parsed = try ParsedArguments(["a.md", "--threads", text], for: CommandTable.run)
    #expect(throws: Diagnostic.self) { try parsed.integer("--threads", in: 1...1024) }
  }

  // MARK: The list of commands

  @Test func theListIsConsistent() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for command in CommandTable.all {
      let options = command.allOptions.map(\.name)
      #expect(Set(options).count == options.count, "\(command.name) declares an option twice")
      #expect(options.allSatisfy { $0.hasPrefix("--") })
      #expect(!command.examples.isEmpty && command.summary.hasSuffix("."))
      #expect(command.examples.allSatisfy { $0.call.hasPrefix("nbrun") && $0.effect.hasSuffix(".") })
      #expect(command.allOptions.allSatisfy { $0.help.hasSuffix(".") })
    }
  }

  /// Every example in the help is a call that its command accepts.
  @Test func examplesParse() throws {
    for command in CommandTable.all {
      for example in command.examples {
        let call = example.call.prefix { $0 != "<" && $0 != ">" }
        var words = call.split(separator: " ").dropFirst().map(String.init)
        if words.first == command.name { words.removeFirst() }
        #expect(throws: Never.self, "\(example.call)") { try ParsedArguments(words, for: command) }
      }
    }
  }
}
