import Foundation

/// A small generator for fuzz tests, the same on every machine, so that what it finds can be found again (SplitMix64; Steele, Lea
/// and Flood 2014).
public struct FuzzGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64
  /// `NBRUN_FUZZ_PART`: which part of a long run this is. Parts, which may run one after another or side by side, have different
  /// streams.
  private static let part = ProcessInfo.processInfo.environment["NBRUN_FUZZ_PART"].flatMap { UInt64($0) } ?? 0

  /// A generator whose stream `seed` decides, and the part of a long run.
  public init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &+ Self.part << 48
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}

/// How many inputs a fuzz test tries: `few`, or `NBRUN_FUZZ` where the environment has it, for a long run on demand; see also
/// `shareOfTrials`.
public func fuzzCount(_ few: Int) -> Int {
  ProcessInfo.processInfo.environment["NBRUN_FUZZ"].flatMap { Int($0) } ?? shareOfTrials(few).count
}

/// `bytes` with a few of them changed, removed, inserted or repeated, swapped for large numbers, or cut off.
public func damaged(_ bytes: [UInt8], _ random: inout FuzzGenerator) -> [UInt8] {
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
    let place = Int.random(in: bytes.indices, using: &random)
    let length = min(Int.random(in: 1...16, using: &random), bytes.count - place)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes[place] = UInt8.random(in: 0..<12, using: &random)
    case 3: bytes.removeSubrange(place..<place + length)
    case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 5: bytes.insert(contentsOf: bytes[place...].prefix(4 * length), at: place)
    case 6:
      for index in place..<min(place + 8, bytes.count) {
        bytes[index] = [0, 0x7f, 0xff].randomElement(using: &random) ?? 0
      }
    default: bytes.removeSubrange(place...)
    }
  }
  return bytes
}

/// A text of random `pieces`, which looks like a language's own where they are its words.
public func joined(_ pieces: [String], atMost count: Int, _ random: inout FuzzGenerator) -> [UInt8] {
  var bytes: [UInt8] = []
  for _ in 0..<Int.random(in: 1...count, using: &random) {
    bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
  }
  return bytes
}
