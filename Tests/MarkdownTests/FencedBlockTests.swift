import NbrunDiagnostics
@testable import NbrunMarkdown
import Testing

@Suite struct FencedBlockTests {
  private func blocks(_ source: String, firstLine: Int = 1) -> [FencedBlock] {
    MarkdownDocument(parsing: source, options: .notebook, firstLine: firstLine).fencedBlocks
  }

  @Test func linesKnowTheirPlace() throws {
    let block = try #require(blocks("text\n\n```nbrun\nstep: a\npad: 1\n```\n", firstLine: 5).first)
    #expect(block.info.value == "nbrun")
    #expect(block.language == "nbrun")
    #expect(block.info.range == SourceRange(line: 7, column: 4, length: 5))
    #expect(block.openingFence == SourceRange(line: 7, column: 1, length: 3))
    #expect(
      block.lines == [
        ContentLine("step: a", line: 8, column: 1), ContentLine("pad: 1", line: 9, column: 1),
      ])
    #expect(block.lines[1].range(at: 5, length: 1) == SourceRange(line: 9, column: 6, length: 1))
    #expect(block.text == "step: a\npad: 1\n")
    #expect(block.isClosed)
    #expect(block.enclosing.isEmpty)
  }

  @Test func blocksInQuotesAndListsAreNotTopLevel() {
    let found = blocks("> ```nbrun\n> step: a\n> ```\n\n- x\n\n  ~~~ nbrun\n   step: b\n  ~~~\n")
    #expect(found.map(\.enclosing) == [[.blockQuote], [.item, .list]])
    #expect(
      found.map { $0.lines.first } == [
        ContentLine("step: a", line: 2, column: 3), ContentLine(" step: b", line: 8, column: 3),
      ])
  }

  @Test func indentationOfTheFenceIsNotContent() throws {
    let block = try #require(blocks("  ```\n  a\n    b\n c\n  ```\n").first)
    #expect(block.lines.map(\.text) == ["a", "  b", "c"])
    #expect(block.lines.map(\.column) == [3, 3, 2])
  }

  @Test func columnsCountCharacters() throws {
    let block = try #require(blocks("> é👩‍🔬 ```\n\n> ~~~ é👩‍🔬 x\n> é: 👩‍🔬1\n").first)
    #expect(block.info.range == SourceRange(line: 3, column: 7, length: 4))
    #expect(block.lines.first?.column == 3)
    #expect(!block.isClosed)
  }

  @Test(arguments: [
    ("```\na\n", false), ("```\na\n```", true), ("````\n```\n", false), ("> ```\nb", false), ("```\n", false),
    ("```\n```\n", true),
  ])
  func closingIsKnown(_ source: String, _ isClosed: Bool) {
    #expect(blocks(source).map(\.isClosed) == [isClosed])
  }

  @Test func emptyLinesAreLines() throws {
    let block = try #require(blocks("```\n\na\n\n```\n").first)
    #expect(block.lines.map(\.text) == ["", "a", ""])
    #expect(block.lines.map(\.line) == [2, 3, 4])
  }

  @Test func carriageReturnsAreNoContent() throws {
    let block = try #require(blocks("```x\r\na\r\nb\r\n```\r\n").first)
    #expect(block.info.value == "x")
    #expect(block.lines.map(\.text) == ["a", "b"])
  }

  @Test func whatIsLeftOfATabIsSpaces() throws {
    let block = try #require(blocks("- ```\n\ta\n  ```\n").first)
    #expect(block.lines.map(\.text) == ["  a"])
  }
}
