import NbrunNotebooks
import NbrunTestSupport
import Testing

@testable import NbrunRunning
@testable import TestWorker

/// Ten times the notebook takes at most fifteen times as long to read and to plan.
@Suite(.serialized) struct NotebookLinearTimeTests {
  struct Pattern: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: @Sendable (Int) -> String

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      testDescription = name
      self.text = text
    }

    /// Lines in the body of one cell.
    init(cellOf line: String) {
      self.init("a cell of \(line.debugDescription)") {
        "```nbrun\nstep: printing\n" + String(repeating: line, count: $0) + "```\n"
      }
    }
  }

  static let patterns: [Pattern] = [
    Pattern("cells") { count in
      (0..<count / 4).map { "```nbrun\nstep: measuring\nid: m\($0)\n```\n\n" }.joined()
    },
    Pattern("cells without ids") { String(repeating: "```nbrun\nstep: measuring\n```\n\n", count: $0 / 4) },
    Pattern("cells in a chain") { count in
      "```nbrun\nstep: counting\nid: c0\n```\n"
        + (1..<count / 4).map { "```nbrun\nstep: doubling\nid: c\($0)\namount: c\($0 - 1)\n```\n\n" }.joined()
    },
    Pattern("cells that name nothing") { String(repeating: "```nbrun\nstep: mesuring\n```\n\n", count: $0 / 4) },
    Pattern("cells with one id") { String(repeating: "```nbrun\nstep: measuring\nid: m\n```\n", count: $0 / 4) },
    Pattern("claims about other cells") { count in
      "```nbrun\nstep: measuring\nid: a\n```\n```nbrun\nstep: measuring\nid: b\n"
        + String(repeating: "expect: value < a.value\n", count: count) + "```\n"
    },
    Pattern("inline values") {
      "```nbrun\nstep: measuring\nid: a\n```\n\n" + String(repeating: "{{ a.value }} ", count: $0)
    },
    Pattern("inline values that name nothing") { String(repeating: "{{ b.value }} ", count: $0) },
    Pattern("front matter") { "---\n" + String(repeating: "title: a\n", count: $0) + "---\n" },
    Pattern("front matter that is not closed") { "---\n" + String(repeating: "x: a\n", count: $0) },
    Pattern("a long list") {
      "```nbrun\nstep: printing\nbytes: [" + String(repeating: "1,\n", count: $0) + "1]\n```\n"
    },
    Pattern("a long line") { "```nbrun\nstep: printing\nbytes: [" + String(repeating: "1,", count: $0) + "1]\n```\n" },
    Pattern("a long text") { "```nbrun\nstep: printing\ntext: " + String(repeating: "ab ", count: $0) + "\n```\n" },
    Pattern("images") { String(repeating: "![a](b.png) ", count: $0) },
    Pattern("listings") { String(repeating: "```nbrun\nlisting: Sources/A.swift#B\n```\n", count: $0 / 4) },
    Pattern("unclosed fences in quotes") { String(repeating: "> ```nbrun\n\n", count: $0 / 4) },
    Pattern(cellOf: "bytes: [\n"), Pattern(cellOf: "a: {\n"), Pattern(cellOf: "[\n"), Pattern(cellOf: "text: a\n"),
    Pattern(cellOf: "bytes:\n[1]\n"), Pattern(cellOf: "# a\n"), Pattern(cellOf: "a\n"), Pattern(cellOf: "txet: a\n"),
    Pattern(cellOf: "expect: value\n"), Pattern(cellOf: "after: a\n"), Pattern(cellOf: "caption: curve: a\n"),
    Pattern(cellOf: "tags: a, b\n"), Pattern(cellOf: "reference: value 1\n"), Pattern(cellOf: "é: \u{301}\n"),
  ]

  @Test(arguments: patterns)
  func tenTimesTheInput(_ pattern: Pattern) {
    let ratio = growth(of: pattern, from: shareOfTrials(1_000).count)
    // The processor's caches hold what comes of a small input and not of a large one, which then may take sixteen times as long while
    // others use them, too. From there on nothing fits, and ten times the input takes ten times as long; a quadratic search shows at
    // any size.
    #expect(ratio <= 15 || growth(of: pattern, from: 10_000) <= 15, "first \(ratio)")
  }

  private func growth(of pattern: Pattern, from count: Int) -> Double {
    let (small, large) = (Array(pattern.text(count).utf8), Array(pattern.text(10 * count).utf8))
    // The time that is measured is this thread's: what others did for it would not show, and of a large input they do less.
    return Concurrency.$isAllowed.withValue(false) {
      NbrunTestSupport.growth(enough: 15, rounds: 20, small: { plan(small) }, large: { plan(large) })
    }
  }

  private func plan(_ source: [UInt8]) {
    let notebook = NotebookParser.parse(source, path: "long.md", context: .none)
    _ = try? Planner(steps: testSteps).plan(notebook)
  }
}
