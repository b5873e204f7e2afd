import NbrunDiagnostics
import Foundation
import NbrunNotebooks
import NbrunTestSupport
import Testing

@testable import NbrunRunning
@testable import TestWorker

/// Notebooks that nobody would write are read and planned, or refused with diagnostics that point into them. A long run on demand:
/// `NBRUN_FUZZ=1000000`.
@Suite struct NotebookFuzzTests {
  /// The language's own words, and what Markdown and JSON are made of.
  private static let pieces: [String] = [
    "---\n", "---", "...\n", "title: A\n", "seed: 231\n", "seed: -1\n", "nbrun: 1\n", "stand-in: allowed\n", "x-a: b\n",
    "description: {{ m.value }}\n", "```nbrun\n", "```nbrun", "```\n", "```", "````", "~~~nbrun\n", "~~~",
    "``` nbrun\n",
    "```Nbrun\n", "step: ", "step: measuring\n", "step: counting\n", "step: doubling\n", "step: printing\n",
    "listing: ", "listing: Sources/A.swift#A\n", "id: ", "id: m\n", "id: count\n", "amount: count\n", "amount: m\n",
    "value: ", "value: 1.5\n", "value: 1e999\n", "value: \"x\"\n", "value: [1,\n", "end: 3\n", "end: -3\n", "bytes: [",
    "bytes: [1, 2]\n", "bytes: {\"a\":", "text: a b\n", "]", "]\n", "[", "{", "}", ",", ", ", "\"", "\\", "\\u", "1",
    "-",
    "0.5", "null", "true", "expect: ", "expect: value < 2\n", "expect: value = count.sum +/- 1e-3\n", "expect: value",
    "reference: value 1.4\n", "reference: ", "caption: curve: A.\n", "after: m, count\n", "after: ", "cache: false\n",
    "timeout: 3\n", "timeout: -1\n", "show: folded\n", "tags: a, b\n", "seed: 4294967296\n", "# comment\n", "#", "<",
    "<=",
    ">", ">=", "=", "+/-", ".", ":", ": ", " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "a", "m", "count", "value",
    "sum",
    "{{", "}}", "{{ m.value }}", "{{ m.value fixed 2 }}", "{{ count.sum percent", "> ", "- ", "1. ", "    ",
    "![a](b.png)",
    "![a](../b.png)", "[a](b.md)", "$x$", "$$\n", "|-|\n", "<script>", "\u{FEFF}", "\u{0}", "\u{2028}", "é", "👩‍🔬",
    "\u{301}",
  ]

  private static let sample = Array(
    """
    ---
    title: Sample
    seed: 231
    ---

    Prose with {{ m.value fixed 1 }} and ![an image](a.png).

    ```nbrun
    step: measuring
    id: m
    value: 1.5
    expect: value < 2
    expect: value = count.sum +/- 1e3
    reference: value 1.4
    caption: curve: What it shows.
    ```

    ```nbrun
    step: counting
    id: count
    end: 3
    timeout: 60
    ```

    ```nbrun
    step: doubling
    amount: count
    after: m
    ```

    ```nbrun
    step: printing
    text: hello
    bytes: [104,
      105]
    ```

    ```nbrun
    listing: Sources/A.swift#A.f
    ```
    """.utf8)

  private static let context = NotebookContext(
    hasFile: { $0.hasSuffix(".png") },
    programSource: { $0 == "Sources/A.swift" ? "/// A.\nstruct A {\n  func f() { print(\"}\") }\n}\n" : nil },
    programSources: { ["Sources/A.swift"] })

  @Test func randomWordsOfTheLanguage() {
    for seed in 0..<fuzzCount(3_000) {
      var random = FuzzGenerator(seed: seed)
      var source: [UInt8] = []
      if seed % 2 == 0 { source += Array("```nbrun\nstep: measuring\nid: m\n".utf8) }
      source += joined(Self.pieces, atMost: 50, &random)
      Self.check(source, seed)
    }
  }

  @Test func damagedNotebooks() {
    for seed in 0..<fuzzCount(3_000) {
      var random = FuzzGenerator(seed: seed | 1 << 41)
      Self.check(damaged(Self.sample, &random), seed)
    }
  }

  @Test func randomBytes() {
    for seed in 0..<fuzzCount(1_000) {
      var random = FuzzGenerator(seed: seed | 1 << 42)
      Self.check((0..<Int.random(in: 0...300, using: &random)).map { _ in .random(in: 0...255, using: &random) }, seed)
    }
  }

  /// Reads, plans and prints what is wrong; every place must lie in the text.
  private static func check(_ source: [UInt8], _ seed: Int) {
    let start = processorTime()
    let notebook = NotebookParser.parse(source, path: "fuzz.md", context: context)
    var diagnostics = notebook.diagnostics
    do {
      let plan = try Planner(steps: testSteps).plan(notebook)
      diagnostics += plan.warnings
      #expect(!diagnostics.contains { $0.severity == .error }, "seed \(seed): planned in spite of an error")
    } catch {
      diagnostics += error.all
      #expect(error.all.contains { $0.severity == .error }, "seed \(seed): refused without an error")
    }
    let lines = notebook.text.split(separator: "\n", omittingEmptySubsequences: false)
    for diagnostic in diagnostics {
      guard let range = diagnostic.range else { continue }
      #expect(1...lines.count ~= range.start.line && range.start.column >= 1, "seed \(seed): \(diagnostic)")
      guard 1...lines.count ~= range.start.line else { continue }
      #expect(range.start.column <= lines[range.start.line - 1].count + 1, "seed \(seed): \(diagnostic)")
      #expect(!diagnostic.message.isEmpty && !diagnostic.message.contains("\n"), "seed \(seed): \(diagnostic)")
    }
    let printed = DiagnosticPrinter(annotates: true).string(for: diagnostics) { _ in notebook.text }
    #expect(diagnostics.isEmpty == printed.isEmpty, "seed \(seed)")
    // A small text takes milliseconds: a second of this thread's own time is a hang on any machine.
    #expect(processorTime() - start < 1, "seed \(seed)")
  }
}
