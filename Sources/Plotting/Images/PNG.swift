import NbrunDigests
import NbrunPlatform
import Synchronization

/// Portable Network Graphics, as much as small images need ("PNG Specification", third edition, W3C 2025): 8-bit grey
/// or red-green-blue, filtered, and compressed where that makes it smaller.
enum PNG {
  static func encode(_ image: PixelImage) -> [UInt8] {
    file(
      width: image.width, height: image.height, colourType: image.channels == 1 ? 0 : 2,
      chunks: [("IDAT", Zlib.stream(scanlines(of: image)))])
  }

  /// A file of 8 bits a sample with these chunks between its first and its last.
  static func file(width: Int, height: Int, colourType: UInt8, chunks: [(type: String, data: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = bigEndian(UInt32(clamping: width)) + bigEndian(UInt32(clamping: height)) + [8, colourType, 0, 0, 0]
    for chunk in [("IHDR", header)] + chunks + [("IEND", [])] { appendChunk(chunk.0, chunk.1, to: &file) }
    return file
  }

  /// The file as a `data:` address. Some hundred are kept, since a report shows an image in several of its files.
  static func dataAddress(of image: PixelImage) -> String {
    if let known = addresses.withLock({ $0[image] }) { return known }
    let address = "data:image/png;base64," + Data(encode(image)).base64EncodedString()
    addresses.withLock { addresses in
      if addresses.count >= 500 { addresses.removeAll() }
      addresses[image] = address
    }
    return address
  }

  /// The files of some images as `data:` addresses, several made at a time.
  static func dataAddresses(of images: [PixelImage]) -> [String] {
    let results = Mutex([String](repeating: "", count: images.count))
    DispatchQueue.concurrentPerform(iterations: images.count) { index in
      let address = dataAddress(of: images[index])
      results.withLock { $0[index] = address }
    }
    return results.withLock { $0 }
  }

  private static let addresses = Mutex<[PixelImage: String]>([:])

  /// The rows from top to bottom, each after the number of its filter (section 9).
  static func scanlines(of image: PixelImage) -> [UInt8] {
    let length = image.width * image.channels
    var above = [UInt8](repeating: 0, count: length)
    var result: [UInt8] = []
    result.reserveCapacity((length + 1) * image.height)
    for row in 0..<image.height {
      let line = Array(image.pixels[(row * length)..<((row + 1) * length)])
      let filtered = Filter.allCases.map { $0.apply(to: line, above: above, channels: image.channels) }
      // The heuristic of section 12.7: the least sum of differences, as signed numbers, compresses best.
      let sums = filtered.map { $0.reduce(0) { $0 + abs(Int(Int8(bitPattern: $1))) } }
      let best = sums.indices.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
      result.append(Filter.allCases[best].rawValue)
      result += filtered[best]
      above = line
    }
    return result
  }

  /// What is subtracted from each byte of a row: a guess from its neighbours.
  enum Filter: UInt8, CaseIterable {
    case none, left, up, average, paeth

    /// The differences of `line` from the guesses.
    func apply(to line: [UInt8], above: [UInt8], channels: Int) -> [UInt8] {
      // Each case by itself: a filter that is known becomes a loop without a choice in it.
      switch self {
      case .none: line
      case .left: Filter.left.differences(line, above, channels)
      case .up: Filter.up.differences(line, above, channels)
      case .average: Filter.average.differences(line, above, channels)
      case .paeth: Filter.paeth.differences(line, above, channels)
      }
    }

    @inline(__always)
    private func differences(_ line: [UInt8], _ above: [UInt8], _ channels: Int) -> [UInt8] {
      var result = line
      let start = min(channels, line.count)
      for index in 0..<start { result[index] &-= guess(left: 0, up: above[index], upperLeft: 0) }
      for index in start..<line.count {
        result[index] &-= guess(left: line[index - channels], up: above[index], upperLeft: above[index - channels])
      }
      return result
    }

    /// The guess for a byte from the same channel of the pixels at its left, above, and above its left.
    @inline(__always)
    func guess(left: UInt8, up: UInt8, upperLeft: UInt8) -> UInt8 {
      switch self {
      case .none: return 0
      case .left: return left
      case .up: return up
      case .average: return UInt8((Int(left) + Int(up)) / 2)
      case .paeth:
        let estimate = Int(left) + Int(up) - Int(upperLeft)
        let (toLeft, toUp, toCorner) =
          (abs(estimate - Int(left)), abs(estimate - Int(up)), abs(estimate - Int(upperLeft)))
        if toLeft <= toUp, toLeft <= toCorner { return left }
        return toUp <= toCorner ? up : upperLeft
      }
    }
  }

  private static func appendChunk(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    file += bigEndian(UInt32(data.count)) + body + bigEndian(CRC32.checksum(body))
  }
}

/// A number's bytes, the most significant first.
func bigEndian(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
