/// The 32-bit Mersenne Twister MT19937 (M. Matsumoto and T. Nishimura, 1998), seeded from one number as `init_genrand` does.
struct MersenneTwister: Sendable, Equatable {
  /// How many words the state has.
  static let wordCount = 624
  /// How far ahead the word lies that each word is combined with.
  private static let shift = 397

  /// The state: the words that the next draws are tempered from.
  private(set) var words: [UInt32]
  /// The next word to use; `wordCount` when new ones must be made first.
  private(set) var position: Int

  init(seed: UInt32) {
    words = [seed]
    words.reserveCapacity(Self.wordCount)
    for index in 1..<Self.wordCount {
      let last = words[index - 1]
      words.append(1_812_433_253 &* (last ^ last &>> 30) &+ UInt32(index))
    }
    position = Self.wordCount
  }

  /// The generator in a state that was saved; nil if no generator can be in it.
  init?(words: [UInt32], position: Int) {
    guard words.count == Self.wordCount, 0...Self.wordCount ~= position else { return nil }
    self.words = words
    self.position = position
  }

  /// The next 32 random bits.
  @inline(__always)
  mutating func next() -> UInt32 {
    if position == Self.wordCount { renew() }
    var word = words[position]
    position += 1
    word ^= word &>> 11
    word ^= word &<< 7 & 0x9d2c_5680
    word ^= word &<< 15 & 0xefc6_0000
    return word ^ word &>> 18
  }

  /// Makes the next 624 words from the last.
  private mutating func renew() {
    words.withUnsafeMutableBufferPointer { words in
      for index in 0..<Self.wordCount - Self.shift {
        words[index] = words[index + Self.shift] ^ Self.twisted(words[index], words[index + 1])
      }
      for index in Self.wordCount - Self.shift..<Self.wordCount - 1 {
        words[index] = words[index + Self.shift - Self.wordCount] ^ Self.twisted(words[index], words[index + 1])
      }
      words[Self.wordCount - 1] = words[Self.shift - 1] ^ Self.twisted(words[Self.wordCount - 1], words[0])
    }
    position = 0
  }

  /// The top bit of `upper` and the other bits of `lower`, times the twist matrix.
  @inline(__always)
  private static func twisted(_ upper: UInt32, _ lower: UInt32) -> UInt32 {
    let joined = upper & 0x8000_0000 | lower & 0x7fff_ffff
    return joined &>> 1 ^ (0 &- (joined & 1)) & 0x9908_b0df
  }
}
