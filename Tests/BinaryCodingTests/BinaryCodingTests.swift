import Foundation
import NbrunBinaryCoding
import Testing

@Suite struct BinaryCodingTests {
  struct Sample: Codable, Equatable {
    enum Kind: Codable, Equatable { case plain, with(number: Int) }
    var name = "é"
    var count = -3
    var large = UInt64.max
    var ratio = 0.1
    var single: Float = 0.1
    var data = Data([0, 255, 7])
    var list = [[1.5], [], [.infinity]]
    var table = ["b": 2, "a": 1]
    var nothing: Int?
    var something: Int? = 4
    var kind = Kind.with(number: 9)
    var empty: [Int] = []
    var noTable: [String: Int] = [:]
  }

  @Test func valuesComeBackAlike() throws {
    #expect(try BinaryDecoder.decode(Sample.self, from: BinaryEncoder.encode(Sample())) == Sample())
    #expect(try BinaryDecoder.decode(Int.self, from: BinaryEncoder.encode(5)) == 5)
    #expect(try BinaryDecoder.decode([String].self, from: BinaryEncoder.encode(["x"])) == ["x"])
  }

  @Test func bytesDependOnTheValueAlone() throws {
    // Dictionaries are walked in an order that differs between processes and instances.
    let keys = (0..<100).map { "key-\($0)" }
    let forward = Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) })
    var backward: [String: Int] = [:]
    for key in keys.reversed() { backward[key] = 1 }
    #expect(try BinaryEncoder.encode(forward) == BinaryEncoder.encode(backward))
  }

  @Test func largeDataIsAPieceByItselfAndNotCopied() throws {
    var sample = Sample()
    sample.data = Data(repeating: 5, count: 1 << 17)
    let pieces = try BinaryEncoder.pieces(sample)
    #expect(try pieces.flatMap { Array($0) } == BinaryEncoder.encode(sample))
    let address = sample.data.withUnsafeBytes { $0.baseAddress }
    #expect(pieces.contains { $0.withUnsafeBytes { $0.baseAddress } == address })
    #expect(pieces.count == 3)
  }

  @Test func everyBitOfANumberIsKept() throws {
    let values = [0.1, -0.0, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let again = try BinaryDecoder.decode([Double].self, from: BinaryEncoder.encode(values))
    #expect(again.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func damagedBytesAreRefusedOrReadButNeverCrash() throws {
    let bytes = try BinaryEncoder.encode(Sample())
    for index in bytes.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = bytes
        damaged[index] ^= change
        _ = try? BinaryDecoder.decode(Sample.self, from: damaged)
      }
      #expect(throws: (any Error).self) { try BinaryDecoder.decode(Sample.self, from: Array(bytes[..<index])) }
    }
  }

  @Test func anotherTypeIsRefused() throws {
    let bytes = try BinaryEncoder.encode(Sample())
    #expect(throws: (any Error).self) { try BinaryDecoder.decode([Int].self, from: bytes) }
    #expect(throws: (any Error).self) { try BinaryDecoder.decode(UInt8.self, from: BinaryEncoder.encode(256)) }
  }
}
