import NbrunDiagnostics
import NbrunNotebooks
import NbrunRunning
import NbrunSteps
import Testing

@Suite struct PlannerTests {
  private func parse(_ text: String) -> Notebook {
    NotebookParser.parse(
      text.utf8, path: "n.md",
      context: NotebookContext(
        hasFile: { ["images/here.png", "other.md", "../data"].contains($0) },
        text: { $0 == "other.md" ? Array("---\ntitle: Whole\n---\n# Part *one*\n".utf8) : nil },
        programSource: { $0 == "Sources/A.swift" ? "struct Here {\n  func now() {}\n}\n" : nil },
        programSources: { ["Sources/A.swift"] }))
  }

  func plan(_ text: String, options: PlanOptions = PlanOptions()) throws(DiagnosticList) -> Plan {
    try Planner(steps: planningSteps).plan(parse(text), options: options)
  }

  /// What planning says, as `line:column-length message`.
  func complaints(_ text: String, options: PlanOptions = PlanOptions()) -> [String] {
    do {
      _ = try plan(text, options: options)
      return []
    } catch {
      return error.all.map { diagnostic in
        guard let range = diagnostic.range else { return diagnostic.message }
        return "\(range.start.line):\(range.start.column) \(diagnostic.message)"
      }
    }
  }

  static let cell = "```nbrun\nstep: sample-convolution\n"

  @Test(arguments: [
    // A step's name
    (
      "```nbrun\nstep: sample-convolutoin\n```",
      "2:7 unknown step \"sample-convolutoin\"; did you mean \"sample-convolution\"?"
    ),
    (
      "```nbrun\nstep: quite-another-thing\n```",
      "2:7 unknown step \"quite-another-thing\"; valid ones are sample-convolution"
    ),
    ("```nbrun\n```", "1:1 this cell is empty"),
    ("```nbrun\nstride: 2\n```", "2:1 a cell's first key is \"step: NAME\" or \"listing: PATH#SYMBOL\""),
    // Keys
    (cell + "strid: 2\n```", "3:1 the step sample-convolution has no parameter \"strid\"; did you mean \"stride\"?"),
    (cell + "stride: 2\nstride: 3\n```", "4:1 \"stride\" is given twice"),
    (cell + "just words\n```", "3:1 a line of a cell is \"key: value\" or starts with #"),
    // Values
    (
      cell + "stride: \"two\"\n```",
      "3:9 a value has no quotation marks, and a number is written in digits; did you mean \"2\"?"
    ),
    (cell + "stride: 2.5\n```", "3:9 a whole number is expected, not 2.5"),
    (cell + "stride: 99999999999999999999\n```", "3:9 a whole number is expected"),
    (cell + "stride:\n```", "3:8 a value is missing; a whole number is expected"),
    (cell + "stride: 0\n```", "3:9 the value must be at least 1"),
    (cell + "scale: 1e999\n```", "3:8 1e999 is too large for a number"),
    (cell + "scale: 01\n```", "3:8 a number does not begin with 0; did you mean \"1\"?"),
    (cell + "method: fats\n```", "3:9 one of naive, fast is expected, not \"fats\""),
    (cell + "input-shape: [2, 3, \"x\", 8]\n```", "3:21 a whole number is expected, not a string"),
    (cell + "input-shape: [2, 3, 8]\n```", "3:14 the value must be 4 whole numbers, each at least 1"),
    (cell + "expected: [[1,\n  2,], [3]]\n```", "4:5 a value is missing"),
    (cell + "expected: [[1,\n  2], [3\nstride: 1\n```", "3:11 this bracket is not closed"),
    ("```nbrun\nstep: sample-training\n```", "2:7 the step sample-training needs \"epochs\" (whole number)"),
    // The step's own validation
    (cell + "filter-size: 9\n```", "3:14 a filter of 9 does not fit an input 8 wide"),
    (cell + "input-shape: [1, 1, 2, 2]\n```", "2:7 filter-size: a filter of 3 does not fit an input 2 wide"),
    // Ids and inputs
    (cell + "id: a\n```\n\n" + cell + "id: a\n```", "8:5 the id \"a\" is taken by the cell with it on line 3"),
    (cell + "id: A\n```", "3:5 names are in lower case, with hyphens; did you mean \"a\"?"),
    (cell + "id: 1a\n```", "3:5 an id is a lower-case letter"),
    ("```nbrun\nstep: sample-evaluation\nnetwork: past\n```", "3:10 no earlier cell has the id \"past\""),
    (
      "```nbrun\nstep: sample-evaluation\nnetwork: t\n```\n```nbrun\nstep: sample-training\nid: t\nepochs: 1\n```",
      "3:10 the cell \"t\" does not stand before this one"
    ),
    (
      cell + "id: c\n```\n```nbrun\nstep: sample-evaluation\nnetwork: c\n```",
      "7:10 the cell \"c\" (step sample-convolution) gives nothing that can be an input"
    ),
    (
      "```nbrun\nstep: sample-evaluation\n```",
      "2:7 the step sample-evaluation needs \"network\", the id of an earlier cell"
    ),
    (cell + "after: nobody\n```", "3:8 no earlier cell has the id \"nobody\""),
    // Claims, references, captions
    (
      cell + "expect: diference < 1\n```",
      "3:9 the step sample-convolution, so configured, has no metric \"diference\"; did you mean \"difference\"?"
    ),
    (
      cell + "method: naive\nexpect: speed-up > 1\n```",
      "4:9 the step sample-convolution, so configured, has no metric \"speed-up\""
    ),
    (cell + "expect: difference ~ 1\n```", "3:20 what is nearly equal is claimed with = and a tolerance"),
    (
      cell + "expect: difference < much\n```",
      "3:22 a metric to compare with is written CELL.METRIC, with the id of its cell: CELL.much"
    ),
    (cell + "expect: difference < 1 +/- 2\n```", "3:9 only \"=\" takes a tolerance"),
    (cell + "expect: difference = nobody.difference\n```", "3:9 no cell has the id \"nobody\""),
    (cell + "reference: difference\n```", "3:22 the published number is expected here"),
    (cell + "reference: nothing 1\n```", "3:12 the step sample-convolution, so configured, has no metric \"nothing\""),
    (
      cell + "caption: curv: The curve.\n```",
      "3:10 the step sample-convolution, so configured, draws no figure \"curv\"; did you mean \"curve\"?"
    ),
    (
      cell + "caption: no colon\n```",
      "3:10 a caption is the figure's name, a colon and the text; did you mean \"curve: no colon\"?"
    ),
    (
      cell + "caption: Curve: x\n```",
      "3:10 a caption is the figure's name, a colon and the text; did you mean \"curve: x\"?"
    ),
    (
      cell + "caption: \u{201C}curve\u{201D}: x: y\n```",
      "3:10 a caption is the figure's name, a colon and the text; did you mean \"curve: x: y\"?"
    ),
    (cell + "caption: :\n```", "3:10 a caption is the figure's name, a colon and the text; did you mean \"curve: :\"?"),
    (
      cell + "caption: Figure 1: x\n```",
      "3:10 a caption is the figure's name, a colon and the text; did you mean \"curve: Figure 1: x\"?"
    ),
    (
      cell + "caption: table: What was measured.\n```",
      "3:10 nothing is claimed or published of this cell, so it has no table to caption"
    ),
    (
      cell + "expect: difference < 1\ncaption: tabel: What was measured.\n```",
      "4:10 the step sample-convolution, so configured, draws no figure \"tabel\"; did you mean \"table\"?"
    ),
    // Other keys of the language
    (cell + "seed: -1\n```", "3:7 a seed is a whole number from 0 to 4294967295"),
    (cell + "timeout: 0\n```", "3:10 a timeout is a number of seconds above 0"),
    (cell + "timeout: 5 min\n```", "3:10 a timeout is a number of seconds; did you mean \"300\"?"),
    (cell + "timeout: 1h\n```", "3:10 a timeout is a number of seconds; did you mean \"3600\"?"),
    (cell + "timeout: 90s\n```", "3:10 a timeout is a number of seconds; did you mean \"90\"?"),
    (cell + "timeout: 500 ms\n```", "3:10 a timeout is a number of seconds; did you mean \"0.5\"?"),
    (cell + "timeout: 5 # s\n```", "3:12 a comment stands on a line of its own; did you mean \"5\"?"),
    // Lines that are no entry
    (
      cell + "Input shape: [2, 3]\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #, the key without spaces; did you mean \"input-shape: [2, 3]\"?"
    ),
    (cell + "stride = 2\n```", "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"stride: 2\"?"),
    (
      cell + "expect difference < 1\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"expect: difference < 1\"?"
    ),
    (
      cell + "difference < 5\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"expect: difference < 5\"?"
    ),
    (
      cell + "difference<=5\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"expect: difference<=5\"?"
    ),
    (cell + "a difference < 5\n```", "3:1 a line of a cell is \"key: value\" or starts with #"),
    // A value that would be out of range if it were well written
    (
      cell + "stride: -1.0\n```",
      "3:9 a whole number is written in digits alone, and the value must be at least 1, which -1 is not"
    ),
    (
      cell + "stride: 0 # none\n```",
      "3:11 a comment stands on a line of its own, and the value must be at least 1, which 0 is not"
    ),
    (cell + "cache: maybe\n```", "3:8 \"maybe\" is no JSON value"),
    (cell + "show: some\n```", "3:7 one of all, folded, figures is expected"),
    (cell + "tags: fine, Not Fine\n```", "3:13 names are in lower case, with hyphens; did you mean \"not-fine\"?"),
    // Prose
    ("See [](#nobody.curve).", "1:5 no cell has the id \"nobody\""),
    (cell + "id: conv\n```\n\nSee [](#cov.curve).", "6:5 no cell has the id \"cov\"; did you mean \"conv\"?"),
    (
      cell + "id: conv\n```\n\nSee [](#conv.curv).",
      "6:5 the cell \"conv\", so configured, draws no figure \"curv\"; did you mean \"curve\"?"
    ),
    (
      "```nbrun\nstep: sample-training\nid: t\nepochs: 1\n```\n\n[](#t.curve)",
      "7:1 the cell \"t\", so configured, draws no figure \"curve\"; it draws none"
    ),
    (cell + "id: conv\n```\n\nSee [](#conv.table).", "6:5 the cell \"conv\", so configured, draws no figure \"table\""),
    ("See [](#table.2).", "1:5 no table in the notebook's prose has the number 2; it has none"),
    (
      "| a |\n|---|\n| b |\n\n[](#table.2)",
      "5:1 no table in the notebook's prose has the number 2; those in prose are 1"
    ),
    ("[](#Conv.curve)", "1:1 a reference to a figure is [](#CELL.FIGURE), both in lower case"),
    ("A value {{ nobody.difference }}.", "1:9 no cell has the id \"nobody\""),
    (
      cell + "```\n\n{{ sample-convolution.difference }}",
      "5:1 the cell on line 2 has no id to refer to it by; add the line \"id: sample-convolution\" to it"
    ),
    (
      cell + "```\n\n" + cell + "after: sample-convolution\n```",
      "7:8 the cell on line 2 has no id to refer to it by; add the line \"id: sample-convolution\" to it"
    ),
    (
      cell + "id: a\n```\n\n" + cell + "after: [a]\n```",
      "8:8 several names are separated by commas, without brackets; did you mean \"a\"?"
    ),
    // Lists and texts as YAML has them, and lines of other languages
    (
      cell + "input-shape:\n  - 1\n  - 3\n  - 8\n  - 8\nstride: 1\n```",
      "4:3 a list stands on one line; did you mean \"input-shape: [1, 3, 8, 8]\"?"
    ),
    (cell + "tags:\n- a\n- b\n```", "4:1 a list stands on one line; did you mean \"tags: a, b\"?"),
    (
      cell + "note: |\n  some words\n  and more\nstride: 1\n```",
      "4:3 a text stands on the line of its key; did you mean \"note: some words and more\"?"
    ),
    (
      cell + "stride = 2\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"stride: 2\"?"
    ),
    (
      cell + "- stride: 2\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"stride: 2\"?"
    ),
    (
      cell + "stride： 2\n```",
      "3:1 a line of a cell is \"key: value\" or starts with #; did you mean \"stride: 2\"?"
    ),
    (cell + "// stride\n```", "3:1 a comment starts with #, not with //"),
    (cell + "<!-- stride -->\n```", "3:1 a comment starts with #, not with <!--"),
    (
      cell + "filter-size: 9 # wide\n```",
      "3:16 a comment stands on a line of its own; did you mean \"9\"?"
    ),
    (
      cell + "id: c\n```\n\n{{ c.nothing }}",
      "6:1 the step sample-convolution, so configured, has no metric \"nothing\""
    ),
    ("![a](https://example.org/a.png)", "1:1 an image is a file below the notebook's folder"),
    ("![a](../a.png)", "1:1 the image \"../a.png\" is not below the notebook's folder"),
    ("![a](images/gone.png)", "1:1 there is no image \"images/gone.png\" beside the notebook"),
    // Fences
    ("Text.\n\n```nbrun\nstep: sample-convolution", "3:1 this fence is not closed"),
    ("Text.\n\n```swift\nlet x = 1", "3:1 this fence is not closed"),
    (
      "> ```nbrun\n> step: sample-convolution\n> ```",
      "1:3 a cell stands at the top level of a notebook, not inside a quote"
    ),
    (
      "- ```nbrun\n  step: sample-convolution\n  ```",
      "1:3 a cell stands at the top level of a notebook, not inside a list"
    ),
    ("```nbrn\nstep: sample-convolution\n```", "1:4 \"nbrn\" nearly spells nbrun"),
    ("```NBRun\nstep: sample-convolution\n```", "1:4 \"NBRun\" nearly spells nbrun"),
    ("``` nbrun fast\nstep: sample-convolution\n```", "1:5 \"nbrun fast\" nearly spells nbrun"),
    // Listings
    ("```nbrun\nlisting: Sources/A.swift\n```", "2:10 a listing is PATH#SYMBOL"),
    (
      "```nbrun\nlisting: Sources/B.swift#Here\n```",
      "2:10 the program has no source file \"Sources/B.swift\"; did you mean \"Sources/A.swift\"?"
    ),
    (
      "```nbrun\nlisting: Sources/A.swift#Hree\n```",
      "2:10 Sources/A.swift declares no \"Hree\"; did you mean \"Here\"?"
    ),
    ("```nbrun\nlisting: ../Sources/A.swift#Here\n```", "2:10 the program has no source file"),
    ("```nbrun\nlisting: Sources/A.swift#Here\nid: a\n```", "3:1 a listing takes no \"id\""),
    // Front matter
    ("---\ntitel: A\n---\n", "2:1 unknown key \"titel\" in the front matter; did you mean \"title\"?"),
    ("---\nseed: many\n---\n", "2:7 a seed is a whole number"),
    ("---\nnbrun: 2\n---\n", "2:8 this program reads version 1"),
    ("---\ntitle: A\n", "1:1 this front matter is not closed"),
    ("---\ntitle: A\ntitle: B\n---\n", "3:1 \"title\" is given twice"),
    ("---\nlang: german\n---\n", "2:7 lang is a language's tag, such as en, de or pt-BR"),
    ("---\norder: first\n---\n", "2:8 order is a whole number, such as 2, the notebook's place in its folder"),
    ("---\norder: 1.5\n---\n", "2:8 order is a whole number"),
    ("---\nurl: cnn/\n---\n", "2:6 url is the address of the folder that the report is published in"),
    ("---\nstand-in: maybe\n---\n", "2:11 stand-in can only be \"allowed\""),
    ("---\ntitle:\n---\n", "2:1 a title is missing; leave the key out to take the first heading"),
    ("---\ntitle: \"\"\n---\n", "2:1 a title is missing"),
    ("---\nmacros: \\R\n---\n", "2:9 here stand definitions such as \\newcommand"),
    ("---\nmacros: \\def\\a{b}\n  \\newcommand x\n---\n", "3:3 \\newcommand needs the name that it defines"),
    ("![a](data:text/html,x)", "1:1 an image is a file below the notebook's folder"),
    ("a\n\n<!-- b\n\nc", "3:1 this comment is never closed"),
  ])
  func eachMistakeIsSaidWhereItStands(text: String, complaint: String) {
    let found = complaints(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(complaint) == true, "\(found)")
  }

  @Test(arguments: [
    ("{{ loss }}", ": it names a cell and a metric of it, {{ CELL.METRIC }}"),
    ("{{ c.Loss }}", "; did you mean {{ c.loss }}?"), ("{{ c.maxError }}", "; did you mean {{ c.max-error }}?"),
    ("{{ Conv2D.dxError fixed 2 }}", "; did you mean {{ conv2d.dx-error fixed 2 }}?"),
    ("{{ c.max_error }}", "; did you mean {{ c.max-error }}?"),
    ("{{ c.loss percent }}", "; did you mean {{ c.loss percent 1 }}?"),
    ("{{ c.loss fixed }}", "; did you mean {{ c.loss fixed 2 }}?"),
    ("{{ c.loss:.3f }}", "; did you mean {{ c.loss fixed 3 }}?"),
    ("{{ c.loss | round(2) }}", "; did you mean {{ c.loss fixed 2 }}?"),
    ("{{ c.loss 0.00 }}", "; did you mean {{ c.loss fixed 2 }}?"),
    ("{{ c.loss % }}", "; did you mean {{ c.loss percent 1 }}?"),
    ("{{ c.loss:.2e }}", "; did you mean {{ c.loss scientific 2 }}?"),
    ("{{ c.loss, 2 decimals }}", "; did you mean {{ c.loss fixed 2 }}?"),
    ("{{ \"c.loss\" }}", "; did you mean {{ c.loss }}?"), ("{{ c['loss'] }}", "; did you mean {{ c.loss }}?"),
    ("{{ c/loss }}", "; did you mean {{ c.loss }}?"),
    ("{{ c.loss fixed two }}", "; did you mean {{ c.loss fixed 2 }}?"),
    (
      "{{ c.loss fixed 99 }}", ": write {{ CELL.METRIC }}, perhaps with fixed N, percent N or scientific N"
    ),
    ("{{ c.loss * 100 }}", ": write {{ CELL.METRIC }}, perhaps with fixed N, percent N or scientific N"),
  ])
  func inlineValuesThatAreNoneAreExplained(text: String, advice: String) {
    let written = text.dropFirst(2).dropLast(2)
    let message = "1:3 {{\(written)}} is no inline value\(advice); a backslash before it makes it text"
    #expect(complaints("A \(text).") == [message])
  }

  @Test(arguments: [
    ("[a](#her)\n\n# Here", "1:1 no heading of this notebook has the anchor \"#her\"; did you mean \"#here\"?"),
    ("[a](gone.md)", "1:1 there is no notebook \"gone.md\" for this link to lead to"),
    ("x [a](/abs.md)", "1:3 \"/abs.md\" leads from the root of wherever the report is read"),
    ("[a](//b.org/c)", "1:1 \"//b.org/c\" leads from the root of wherever the report is read"),
    ("x [a](b%20c.csv)", "1:3 there is no file \"b c.csv\" for this link to lead to"),
    ("[a](other.md#part)", "1:1 no heading of \"other.md\" has the anchor \"#part\""),
    ("[a]\n\n[a]: gone.md", "1:1 there is no notebook"),
    ("x[^1]", "1:2 there is no footnote [^1]"), ("> x [^a] y", "1:5 there is no footnote [^a]"),
    ("[^1]: x", "1:1 nothing refers to the footnote [^1]"),
    ("[^1]\n\n[^1]: x\n[^1]: y", "4:1 the footnote [^1] is defined already"),
    ("| a |\n|---|\n| b | c |", "3:7 this row has 2 cells and the table's head has 1"),
    ("a <b>c</b>", "1:3 raw HTML is shown as it is written"), ("<div>\n", "1:1 raw HTML is shown as it is written"),
    ("a <sub>b", "1:3 raw HTML is shown as it is written"),
    ("<br class=\"x\">", "1:1 raw HTML is shown as it is written"),
    ("> [!NOTICE]\n> a", "1:3 there is no alert \"NOTICE\""), ("a <!-- b\n\nc -->", "1:3 this comment does not end"),
    ("[a](#cell.x)", "1:1 no cell has the id \"x\""),
    (cell + "id: c\n```\n\n[a](#figure.c.curv)", "6:1 no figure of \"c\" is called \"curv\""),
    ("$\\farc12$", "1:2 unknown TeX command \\farc; did you mean \\frac?"),
  ])
  func eachWarningIsSaidWhereItStands(text: String, warning: String) throws {
    let found = try plan(text + "\n\n" + Self.cell + "```").warnings.map {
      "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0) \($0.message)"
    }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(warning) == true, "\(found)")
  }

  @Test(arguments: [
    "[a](#here) [b](#top) [c](images/here.png) [d](other.md#part-one) [e](other.md#whole) [f](https://a.org#b) [g](../data)"
      + " [h](mailto:a@b.c) [i](#)\n\n# Here",
    "---\ntitle: A title\n---\n[a](#a-title)", "[^a](x) `[^b]` \\[^c]".replacing("(x)", with: "(#)"),
    "![a](images/h%65re.png?raw=true#x) ![b](data:image/png;base64,AA==) ![c](data:image/svg+xml,x)",
    "![loss <y> z](images/here.png) ![a <b>c</b>](images/here.png)",
    "a <!-- b --> <sub>c</sub><br>\n\n<details>\n<summary>d</summary>\n\ne\n\n</details>",
    "---\nmacros: \\newcommand{\\v}[1]{\\mathbf{#1}}\n  \\def\\w{1}\nseed: 1\n---\n$\\v\\w$",
    cell + "id: c\n```\n\n[a](#cell.c) [b](#figure.c.curve)",
    cell + "id: c\nexpect: difference < 1\n```\n\n| a |\n|---|\n| b |\n\n[](#c.table) [](#table.2)",
  ])
  func whatIsInOrderIsNoWarning(text: String) throws {
    #expect(try plan(text + "\n\n" + Self.cell + "```").warnings.isEmpty)
  }

  @Test(arguments: [
    ("\"A: b\"", "A: b"), ("'It''s'", "It's"), ("\"a \\\"b\\\"\"", "a \"b\""), ("\"a\" and \"b\"", "\"a\" and \"b\""),
    ("\"", "\""),
    ("it's", "it's"),
  ])
  func quotesRoundATextAreNotShown(written: String, title: String) {
    let notebook = parse("---\ntitle: \(written)\nauthor: \(written)\n---\n")
    #expect(notebook.title == title && notebook.frontMatter.author?.value == title)
  }

  @Test func allMistakesComeOutAtOnceInTheirOrder() {
    let text = """
      ---
      seed: x
      ---

      {{ nobody.loss }}

      ```nbrun
      step: sample-convolution
      stride: 0
      strid: 1
      expect: loss < 1
      ```

      ```nbrun
      step: nothing-of-the-kind
      ```
      """
    let lines = complaints(text).map { $0.prefix { $0 != ":" } }
    #expect(lines == ["2", "5", "9", "10", "15"])
  }

  @Test func cellsGetIdsNumbersSeedsAndDefaults() throws {
    let plan = try plan(
      """
      ---
      seed: 231
      ---
      ```nbrun
      step: sample-convolution
      ```
      ```nbrun
      listing: Sources/A.swift#now
      ```
      ```nbrun
      # comment
      step: sample-convolution
      seed: 7
      input-shape: [
        # the batch
        1, 3,
        8, 8 ]
      note: [any text: at all
      ```
      ```nbrun
      step: sample-training
      id: sample-convolution-2
      epochs: 3
      ```
      """)
    #expect(plan.cells.map(\.id.text) == ["sample-convolution", "sample-convolution-3", "sample-convolution-2"])
    #expect(plan.cells.map(\.number) == [1, 2, 3])
    #expect(plan.cells.map(\.seed) == [231, 7, 231])
    #expect(plan.cells[1].changedKeys == ["input-shape", "note"])
    #expect(plan.cells[1].configured.parameters["note"] == .string("[any text: at all"))
    #expect(plan.cells[1].configured.parameters["stride"] == .integer(1))
    #expect(plan.notebook.cells[1].listing?.declaration.lines == 2...2)
  }

  @Test func quotationMarksRoundATextAreSaid() throws {
    let plan = try plan(Self.cell + "note: “some words”\n```")
    #expect(plan.cells[0].configured.parameters["note"] == .string("“some words”"))
    #expect(
      plan.warnings.map(\.message) == [
        "the quotation marks are part of this text; without them it is note: some words"
      ])
  }

  @Test func aNotebookWithoutACellIsSaid() throws {
    #expect(
      try plan("# Title\n\n```python\nprint(1)\n```\n").warnings.map(\.message) == [
        "this notebook has no cell, so that nothing is run; a cell is a fenced block whose info string is nbrun"
      ])
    #expect(try plan("```nbrun\nlisting: Sources/A.swift#Here\n```").warnings.isEmpty)
  }

  @Test func lineEndsAndByteOrderMarksDoNotMatter() throws {
    let text = "\u{FEFF}---\r\nseed: 1\r\n---\r\n```nbrun\r\nstep: sample-convolution\r\nstride: 2\r\n```\r\n"
    #expect(try plan(text).cells[0].configured.parameters["stride"] == .integer(2))
    #expect(
      complaints(text.replacing("stride: 2", with: "stride: x")) == [
        "6:9 \"x\" is no JSON value; a whole number is expected"
      ])
  }
}
