import Foundation
import Testing

/// One line of `Fixtures/digests.txt`: what Python computes for the first `length` bytes of the pattern.
struct ReferenceDigest: CustomTestStringConvertible {
  var length: Int
  var sha256: String
  var checksum: UInt64

  var testDescription: String { "\(length) bytes" }

  static let all: [ReferenceDigest] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/digests.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count == 3, let length = Int(fields[0]), let checksum = UInt64(fields[2], radix: 16) else {
        return nil
      }
      return ReferenceDigest(length: length, sha256: String(fields[1]), checksum: checksum)
    }
  }()
}

/// The first `count` bytes of the pattern that the fixtures are made of.
func pattern(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: 131 * $0 + $0 / 256) }
}
