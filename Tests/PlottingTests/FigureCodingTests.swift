import Foundation
import NbrunPlotting
import Testing

struct FigureCodingTests {
  @Test("a figure survives encoding, its values that are not finite too", arguments: Figure.samples)
  func roundTrip(sample: Sample) throws {
    let data = try JSONEncoder().encode(sample.figure)
    #expect(try JSONDecoder().decode(Figure.self, from: data) == sample.figure)
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
    let data = try encoder.encode(Series("loss", y: [1.0, 2, 3]))
    let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: old, with: new)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Series.self, from: Data(text.utf8)) }
  }

  @Test("an image whose bytes do not fill it is refused")
  func truncatedImage() throws {
    let text = #"{"width":4611686018427387904,"height":4,"channels":1,"pixels":"AAAA"}"#
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(PixelImage.self, from: Data(text.utf8)) }
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
      // Refused: only the one whose shapes do not agree may be.
      #expect(json.contains(#""edges":[0,1],"#))
      return
    }
    #expect(figure.svg(.standalone).string.hasSuffix("</svg>\n"))
    #expect(!figure.textAlternative.isEmpty)
    #expect(figure.tables().allSatisfy { $0.rows.count <= 2 })
  }
}
