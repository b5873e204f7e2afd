import Foundation
import NbrunPlotting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct WellFormednessTests {
  @Test("every figure is well-formed XML without script, in both modes", arguments: Figure.samples)
  func isWellFormed(sample: Sample) {
    for mode in [Figure.SVGMode.standalone, .inline(idPrefix: "cell \"1\"<b>")] {
      let elements = Elements(of: sample.figure.svg(mode).string)
      #expect(elements.error == nil)
      #expect(elements.names.first == "svg")
      #expect(elements.names.contains("desc"))
      #expect(!elements.names.contains("script"))
      #expect(elements.attributes.allSatisfy { !$0.lowercased().hasPrefix("on") && $0 != "style" })
      #expect(elements.names.contains("style") == (mode == .standalone))
      #expect(Set(elements.ids).count == elements.ids.count)
      // A page has the title in its caption, and no second one as a tooltip over everything.
      #expect(elements.labels == [mode.titleID])
      #expect(Set(elements.descriptions).isSubset(of: elements.ids) && elements.descriptions.count == 1)
      #expect(elements.coordinates.allSatisfy { Double($0)?.isFinite ?? false })
    }
  }
}

/// The elements of an XML document, and its error.
private final class Elements: NSObject, XMLParserDelegate {
  var names: [String] = []
  var attributes: [String] = []
  var ids: [String] = []
  var labels: [String] = []
  var descriptions: [String] = []
  var coordinates: [String] = []
  var error: String?

  init(of text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError.map { "\($0)" } ?? "not well-formed" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes values: [String: String]
  ) {
    names.append(name)
    attributes += values.keys
    if let id = values["id"] { ids.append(id) }
    if let label = values["aria-labelledby"] { labels += label.split(separator: " ").map(String.init) }
    if let description = values["aria-describedby"] { descriptions.append(description) }
    coordinates += ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r"].compactMap { values[$0] }
    if name != "svg" { coordinates += ["width", "height"].compactMap { values[$0] } }
  }
}
