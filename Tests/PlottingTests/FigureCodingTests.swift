import Foundation
import Plotting
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
}
