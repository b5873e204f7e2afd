import NbrunMarkup
import Testing

@testable import NbrunReporting

@Suite struct CodeHighlighterTests {
  @Test(arguments: [
    (
      "python", "@cache\ndef f(x: List) -> None:  # it's\n    return f'{x}' + \"\"\"a\nb\"\"\" + 0x1F",
      ["k:@cache", "k:def", "t:List", "k:None", "c:# it's", "k:return", "s:'{x}'", "s:\"\"\"a\nb\"\"\"", "d:0x1F"]
    ),
    (
      "sh", "for f in *.md; do echo \"$f\" 'a\\' # $#\ndone > ${out}; a#b",
      ["k:for", "k:in", "k:do", "k:echo", "s:\"$f\"", "s:'a\\'", "c:# $#", "k:done", "t:${out"]
    ),
    (
      "json", "{\"a\" : [1.5e3, true, null, \"b: \\\" c\"]}",
      ["t:\"a\"", "d:1.5e3", "k:true", "k:null", "s:\"b: \\\" c\""]
    ),
    (
      "c", "#include <x.h>\nstatic int a = 'b'; /* if\n */ return N; // no",
      ["k:#include", "k:static", "k:int", "s:'b'", "c:/* if\n */", "k:return", "t:N", "c:// no"]
    ),
    ("swift", "let a = \"b\" // c", ["k:let", "s:\"b\"", "c:// c"]), ("yaml", "a: 'b' # c", []),
  ])
  func pieces(_ language: String, _ source: String, _ expected: [String]) {
    var writer = MarkupWriter()
    CodeHighlighter(source, language: language).write(to: &writer)
    let text = HighlightedSwift.spans(writer.string).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"")
    let pieces = text.matches(of: /<span class="(.)">([^<]*)<\/span>/).map { "\($0.1):\($0.2)" }
    #expect(pieces == expected)
    #expect(text.replacing(/<\/?span[^>]*>/, with: "") == source)
  }

  /// What is wrapped goes on under the text of its line, not left of it, however deep that is.
  @Test func longLinesHaveTheirIndentation() {
    var writer = MarkupWriter()
    let lines = [0, 2, 5, 16, 20, 60].map { String(repeating: " ", count: $0) + String(repeating: "a", count: 31) }
    CodeHighlighter((lines + ["  a"]).joined(separator: "\n") + "\n", language: "swift").writeLines(to: &writer)
    let classes = writer.string.matches(of: /<li(?: class="([^"]*)")?>/).map { $0.1.map(String.init) }
    #expect(classes == [nil, "i2", "i4", "i16", "i20", "i24", nil])
    for name in classes.compactMap(\.self) {
      #expect(StyleSheet.layout.contains(".\(name){--i:\(name.dropFirst())ch}"))
    }
  }

  @Test func linesAreItemsOfAListWhateverSpansThem() {
    var writer = MarkupWriter()
    CodeHighlighter("/* a\n\nb */ let c\n", language: "swift").writeLines(to: &writer)
    #expect(
      writer.string
        == "<li><i>/* a</i></li><li></li><li><i>b */</i> <b>let</b> c</li>"
    )
  }

  /// Cut anywhere, a source is coloured to its end and nothing is lost.
  @Test(arguments: ["python", "sh", "json", "c", "swift"])
  func anyBeginningIsASource(_ language: String) {
    let source = "a = \"b\\\"\" + '\\'' /* c */ # d\n\"\"\"e\n\"\"\" ${f} @g `h` 1.5e-3 //\n\\"
    for count in 0...source.count {
      let part = String(source.prefix(count))
      var writer = MarkupWriter()
      CodeHighlighter(part, language: language).write(to: &writer)
      let text = HighlightedSwift.spans(writer.string).replacing(/<\/?span[^>]*>/, with: "").replacing(
        "&quot;", with: "\"")
      #expect(text == part)
    }
  }
}
