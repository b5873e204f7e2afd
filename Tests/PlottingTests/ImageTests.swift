import NbrunDigests
import Foundation
import Testing

@testable import NbrunPlotting

struct ImageTests {
  @Test("planes become pixels")
  func planes() {
    let image = PixelImage(width: 2, height: 1, planes: [1, 2, 3, 4, 5, 6])
    #expect(image.channels == 3)
    #expect(Array(image.pixels) == [1, 3, 5, 2, 4, 6])
  }

  @Test(
    "numbers are stretched from black to white",
    arguments: [
      ([-1.0, 0, 1, 3], [0, 64, 128, 255]), ([5, 5, 5, 5], [0, 0, 0, 0]), ([0, .nan, .infinity, 2], [0, 0, 0, 255]),
      ([-Double.greatestFiniteMagnitude, 0, 0, .greatestFiniteMagnitude], [0, 128, 128, 255]),
    ])
  func stretching(values: [Double], pixels: [UInt8]) {
    #expect(Array(PixelImage(width: 2, height: 2, stretching: values).pixels) == pixels)
  }

  @Test(
    "checksums are those of their specifications",
    arguments: [
      ("", 0, 1), ("123456789", 0xCBF4_3926, 0x091E_01DE), ("IEND", 0xAE42_6082, 0x02D7_0121),
    ])
  func checksums(text: String, crc: UInt32, adler: UInt32) {
    #expect(CRC32.checksum(Array(text.utf8)) == crc)
    #expect(Adler32.checksum(Array(text.utf8)) == adler)
  }

  static let streams: [String: [UInt8]] = {
    let fibonacci = (0..<20).reduce(into: [1, 1]) { numbers, _ in numbers.append(numbers.suffix(2).reduce(0, +)) }
    return [
      "none": [], "one": [7], "zeros": [UInt8](repeating: 0, count: 66_000),
      "many": (0..<66_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }, "all": (0...255).map { UInt8($0) },
      "few": [0, 255, 0, 0, 1, 0],
      // Runs of every length that a token can have, and longer ones.
      "runs": (1...300).flatMap { [UInt8](repeating: UInt8($0 % 7), count: $0) } + [UInt8](repeating: 9, count: 70_000),
      // Frequencies that make the deepest tree: 21 bits, where 15 are allowed.
      "deep": fibonacci.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) },
    ]
  }()

  @Test("compressed bytes come back, stored and coded", arguments: streams.keys.sorted())
  func deflate(name: String) throws {
    let bytes = try #require(Self.streams[name])
    // Compared outside of the expectation, which would print every byte.
    let isStored = try Inflater.inflate(Deflate.stored(bytes)) == bytes
    let isCoded = try Inflater.inflate(Deflate.huffmanCoded(bytes)) == bytes
    #expect(isStored && isCoded)
    let shorter = min(Deflate.stored(bytes).count, Deflate.huffmanCoded(bytes).count)
    #expect(Deflate.compress(bytes).count == shorter)
  }

  @Test(
    "an image comes back from its PNG file", arguments: [(1, 1, 1), (3, 5, 3), (32, 32, 3), (32, 32, 1), (400, 90, 3)])
  func roundTrip(width: Int, height: Int, channels: Int) throws {
    let pixels = (0..<(width * height * channels)).map { index in
      let (x, y) = (index / channels % width, index / channels / width)
      return UInt8(truncatingIfNeeded: x * 3 + y * y + (index % channels) * 40 + (index * 37) % 11)
    }
    let image = PixelImage(width: width, height: height, channels: channels, pixels: pixels)
    let file = PNG.encode(image)
    #expect(Array(file[..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    var chunks: [String: [UInt8]] = [:]
    var position = 8
    while position + 12 <= file.count {
      let length = number(file[position..<(position + 4)])
      let body = Array(file[(position + 4)..<(position + 8 + length)])
      let checksum = number(file[(position + 8 + length)..<(position + 12 + length)])
      #expect(Int(CRC32.checksum(body)) == checksum)
      chunks[String(decoding: body[..<4], as: UTF8.self)] = Array(body[4...])
      position += 12 + length
    }
    let colourType: UInt8 = channels == 1 ? 0 : 2
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colourType, 0, 0, 0]
    #expect(chunks["IHDR"] == header)
    #expect(chunks["IEND"] == [])
    let stream = try #require(chunks["IDAT"])
    #expect(number(stream[0..<2]) % 31 == 0)
    let scanlines = try Inflater.inflate(Array(stream[2..<(stream.count - 4)]))
    #expect(Int(Adler32.checksum(scanlines)) == number(stream.suffix(4)))
    let isSame = unfiltered(scanlines, like: image) == pixels
    #expect(isSame)
  }

  private func number(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private func unfiltered(_ scanlines: [UInt8], like image: PixelImage) -> [UInt8] {
    let length = image.width * image.channels
    var pixels: [UInt8] = []
    for row in 0..<image.height {
      guard let filter = PNG.Filter(rawValue: scanlines[row * (length + 1)]) else { return [] }
      for column in 0..<length {
        let left = column >= image.channels ? pixels[row * length + column - image.channels] : 0
        let up = row > 0 ? pixels[(row - 1) * length + column] : 0
        let upperLeft = row > 0 && column >= image.channels ? pixels[(row - 1) * length + column - image.channels] : 0
        pixels.append(
          scanlines[row * (length + 1) + 1 + column] &+ filter.guess(left: left, up: up, upperLeft: upperLeft))
      }
    }
    return pixels
  }
}
