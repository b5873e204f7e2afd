import Foundation
import NbrunPlotting
import Testing

struct FigureCodingTests {
  @Test("a figure survives encoding, its values that are not finite too", arguments: Figure.samples)
  func roundTrip(sample: Sample) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    #expect(try decoder.decode(Figure.self, from: encoder.encode(sample.figure)) == sample.figure)
  }

  @Test(
    "data whose shapes do not agree are refused",
    arguments: [
      (#""x":[0,1,2]"#, #""x":[0,1]"#),
      (#""y":[1,2,3]"#, #""y":[1,2,3,4]"#),
      (#""y":[1,2,3]"#, #""y":[1,2,"three"]"#),
    ])
  func refusal(old: String, new: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let series = Series("loss", y: [1.0, 2, 3])
    let data = try encoder.encode(Figure(title: "", series: [series], xAxis: .linear(""), yAxis: .linear("")))
    let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: old, with: new)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: Data(text.utf8)) }
  }

  @Test("an image whose bytes do not fill it is refused")
  func truncatedImage() throws {
    let image = #"{"width":4611686018427387904,"height":4,"channels":1,"pixels":"AAAA"}"#
    let grid = #"{"cells":[{"caption":"","image":\#(image)}],"columns":1,"columnTitles":[],"rowTitles":[]}"#
    let text = #"{"title":"","content":{"images":{"_0":\#(grid)}}}"#
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: Data(text.utf8)) }
  }

  private static let axis = #"{"label":"","scale":"log","notation":"percent"}"#
  private static let cell = #"{"caption":"","image":{"width":1,"height":1,"channels":1,"pixels":"AA=="}}"#
  private static let contents = [
    #""histogram":{"_0":{"axis":\#(axis),"edges":[0,1],"counts":[\#(Int.max),\#(Int.max)],"notFinite":0}}"#,
    #""histogram":{"_0":{"axis":\#(axis),"edges":[0,1,2],"counts":[\#(Int.max),\#(Int.max)],"notFinite":0}}"#,
    #""images":{"_0":{"cells":[\#(cell)],"columns":\#(Int.max),"columnTitles":[],"rowTitles":[]}}"#,
    #""images":{"_0":{"cells":[\#(cell)],"columns":-1,"columnTitles":["a","b"],"rowTitles":["a","b"]}}"#,
    #""bars":{"_0":{"axis":\#(axis),"groups":["a","b"],"series":[{"name":"","values":[1],"errors":[]}]}}"#,
    #""panels":{"_0":[],"xAxis":\#(axis)}"#,
  ]

  @Test("a file cannot make a drawing crash", arguments: contents)
  func hostile(content: String) throws {
    let json = #"{"title":"","content":{\#(content)}}"#
    guard let figure = try? JSONDecoder().decode(Figure.self, from: Data(json.utf8)) else {
      // Refused: only those whose parts do not fit together may be.
      #expect([#""edges":[0,1],"#, #""columns":-1"#, #""values":[1]"#].contains { json.contains($0) })
      return
    }
    #expect(figure.svg(.standalone).string.hasSuffix("</svg>\n"))
    #expect(!figure.textAlternative.isEmpty)
    #expect(figure.tables().allSatisfy { $0.rows.count <= 2 })
  }
}
