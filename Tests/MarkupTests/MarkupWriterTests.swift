import NbrunMarkup
import Testing

@Suite struct MarkupWriterTests {
  @Test func textAndAttributesAreEscaped() {
    var writer = MarkupWriter()
    writer.element("p", ["title": "a \"b\" & c", "class": nil]) { $0.text("1 < 2 > 0 & \"x\"") }
    #expect(
      writer.string == #"<p title="a &quot;b&quot; &amp; c">1 &lt; 2 &gt; 0 &amp; &quot;x&quot;</p>"#)
  }

  @Test func bytesOfARangeAreEscapedAsTextIs() {
    let source = Array("ab<c>&\"d\" é".utf8)
    var whole = MarkupWriter()
    whole.text(String(decoding: source, as: UTF8.self))
    var pieces = MarkupWriter()
    pieces.text(utf8: source, in: 0..<4)
    pieces.text(utf8: source, in: 4..<source.count)
    #expect(pieces.string == whole.string)
    #expect(pieces.string == "ab&lt;c&gt;&amp;&quot;d&quot; é")
  }

  @Test func elementsCloseInTheOrderOfTheirOpening() {
    var writer = MarkupWriter()
    writer.open("ul")
    writer.open("li")
    writer.void("br", selfClosing: true)
    writer.close()
    writer.empty("path", ["d": "M0 0"])
    writer.close()
    #expect(writer.string == #"<ul><li><br /></li><path d="M0 0"/></ul>"#)
  }

  @Test func manyOpenElementsNeedNoStack() {
    var writer = MarkupWriter()
    for _ in 0..<100_000 { writer.open("b") }
    for _ in 0..<100_000 { writer.close() }
    #expect(writer.bytes.count == 700_000)
  }
}
