import Testing

@testable import NbrunPlotting

struct InkPictureTests {
  @Test("there is a letter for each character of printable ASCII and for the marks of reports")
  func letters() {
    let printable = (33...126 as ClosedRange<UInt8>).map { Character(UnicodeScalar($0)) }
    for character in printable + Array("✓✗×·→…≤≥±") {
      let (strokes, width) = (StrokeFont.strokes(of: String(character)), StrokeFont.width(of: String(character)))
      #expect(!strokes.isEmpty && !strokes.contains(where: \.isEmpty) && width > 0, "\(character)")
      #expect(strokes.joined().allSatisfy { (0...9).contains($0.x) && (0...13).contains($0.y) }, "\(character)")
    }
    // No two are alike, and what there is no letter for is a box.
    #expect(Set(printable.map { "\(StrokeFont.strokes(of: String($0)))" }).count == 94)
    #expect(StrokeFont.strokes(of: "éÅłe\u{301}") == StrokeFont.strokes(of: "eAle"))
    #expect(StrokeFont.strokes(of: "– “") == StrokeFont.strokes(of: "- \""))
    #expect(
      StrokeFont.strokes(of: "語") == [[(0, 0), (6, 0), (6, 10), (0, 10), (0, 0)].map { Point(x: $0, y: $1) }])
  }

  @Test("a picture is its inks in strengths, smooth at edges, the same each time, and small")
  func file() throws {
    func picture() -> InkPicture {
      var picture = InkPicture(width: 40, height: 20, inks: [0x000000, 0xFF0000])
      picture.draw([(10, 10), (30, 10)], ink: 1, thickness: 4)
      picture.draw([(5, 5)], ink: 0, thickness: 3)
      picture.draw([(-50, 100), (90, 100)], ink: 0, thickness: 3)
      return picture
    }
    let file = picture().png(software: "tests")
    #expect(file == picture().png(software: "tests"))
    var chunks: [String: [UInt8]] = [:]
    var position = 8
    while position + 12 <= file.count {
      let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      chunks[String(decoding: file[position + 4..<position + 8], as: UTF8.self)] =
        Array(file[position + 8..<position + 8 + length])
      position += 12 + length
    }
    #expect(chunks["IHDR"] == [0, 0, 0, 40, 0, 0, 0, 20, 8, 3, 0, 0, 0])
    #expect(chunks["tEXt"] == Array("Software\0tests".utf8))
    let palette = try #require(chunks["PLTE"])
    #expect(Array(palette[..<3]) == [255, 255, 255] && Array(palette.suffix(3)) == [255, 0, 0])
    let stream = try #require(chunks["IDAT"])
    let rows = try Inflater.inflate(Array(stream[2..<(stream.count - 4)]))
    func pixel(_ x: Int, _ y: Int) -> UInt8 { rows[y * 41 + 1 + x] }
    #expect(rows.count == 20 * 41 && pixel(20, 10) == 30 && pixel(5, 5) == 15 && pixel(39, 19) == 0)
    // At the edge of a line of four, half a pixel is covered.
    #expect((16..<30).contains(pixel(20, 7)) || (16..<30).contains(pixel(20, 12)) || pixel(20, 8) == 30)
    #expect(pixel(20, 5) == 0)
  }
}
