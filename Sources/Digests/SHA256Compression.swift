/// The compression function of SHA-256 (FIPS 180-4, sections 4.1.2 and 6.2.2), over whole blocks.
enum SHA256Compression {
  /// The bytes of a block.
  static let blockSize = 64

  /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
  static let initialState: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  /// Takes `blocks`, a whole number of 64-byte blocks, into `state`.
  static func compress(_ blocks: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
    precondition(blocks.count % blockSize == 0, "SHA-256 compresses whole blocks, not \(blocks.count) bytes")
    guard let start = blocks.baseAddress else { return }
    constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        guard let k = constants.baseAddress, let w = schedule.baseAddress else { return }
        for offset in stride(from: 0, to: blocks.count, by: blockSize) {
          state &+= digest(start + offset, k, schedule: w, from: state)
        }
      }
    }
  }

  /// The working variables after the 64 rounds of a block. Each word of the message schedule is made in the round that uses it:
  /// its arithmetic fills the gaps that the rounds, each waiting for the last, leave.
  @inline(__always)
  private static func digest(
    _ block: UnsafeRawPointer, _ k: UnsafePointer<UInt32>, schedule w: UnsafeMutablePointer<UInt32>,
    from state: SIMD8<UInt32>
  ) -> SIMD8<UInt32> {
    var variables = Variables(state)
    for t in stride(from: 0, to: 16, by: 8) {
      eightRounds(from: t, &variables, k) { t in
        w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * t, as: UInt32.self))
        return w[t]
      }
    }
    for t in stride(from: 16, to: 64, by: 8) {
      eightRounds(from: t, &variables, k) { t in
        let (early, late) = (w[t - 15], w[t - 2])
        let s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early &>> 3)
        let s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late &>> 10)
        w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
        return w[t]
      }
    }
    return variables.vector
  }

  /// Eight rounds bring every variable back to its own name, so none is ever moved.
  @inline(__always)
  private static func eightRounds(
    from t: Int, _ v: inout Variables, _ k: UnsafePointer<UInt32>, _ word: (Int) -> UInt32
  ) {
    round(v.a, v.b, v.c, &v.d, v.e, v.f, v.g, &v.h, word(t) &+ k[t])
    round(v.h, v.a, v.b, &v.c, v.d, v.e, v.f, &v.g, word(t + 1) &+ k[t + 1])
    round(v.g, v.h, v.a, &v.b, v.c, v.d, v.e, &v.f, word(t + 2) &+ k[t + 2])
    round(v.f, v.g, v.h, &v.a, v.b, v.c, v.d, &v.e, word(t + 3) &+ k[t + 3])
    round(v.e, v.f, v.g, &v.h, v.a, v.b, v.c, &v.d, word(t + 4) &+ k[t + 4])
    round(v.d, v.e, v.f, &v.g, v.h, v.a, v.b, &v.c, word(t + 5) &+ k[t + 5])
    round(v.c, v.d, v.e, &v.f, v.g, v.h, v.a, &v.b, word(t + 6) &+ k[t + 6])
    round(v.b, v.c, v.d, &v.e, v.f, v.g, v.h, &v.a, word(t + 7) &+ k[t + 7])
  }

  /// The working variables of the standard. One by one, not as a vector, they stay in registers.
  private struct Variables {
    var a, b, c, d, e, f, g, h: UInt32

    @inline(__always)
    init(_ state: SIMD8<UInt32>) {
      (a, b, c, d) = (state[0], state[1], state[2], state[3])
      (e, f, g, h) = (state[4], state[5], state[6], state[7])
    }

    @inline(__always)
    var vector: SIMD8<UInt32> { SIMD8(a, b, c, d, e, f, g, h) }
  }

  /// One round: `d` becomes the next `e`, `h` the next `a`.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
    _ scheduled: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    let t1 = h &+ scheduled &+ choice &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25))
    d &+= t1
    h = t1 &+ majority &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 - count)
  }
}
