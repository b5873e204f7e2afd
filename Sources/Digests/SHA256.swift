import NbrunPlatform

/// SHA-256 (FIPS 180-4) of bytes that may arrive in pieces of any size.
///
///     var hash = SHA256()
///     hash.update(with: header)
///     hash.update(with: body)
///     let digest = hash.finalize()
///
/// A value: a copy goes on by itself from where it was made.
package struct SHA256: Sendable {
  private var state = SHA256Compression.initialState
  private var buffer = BlockBuffer(blockSize: SHA256Compression.blockSize)

  /// The hash of nothing yet.
  package init() {}

  /// Takes in `bytes`, such as an array, `Data` or a raw buffer.
  package mutating func update(with bytes: some ContiguousBytes) { bytes.withUnsafeBytes { update(with: $0) } }

  /// Takes in the UTF-8 bytes of `text`.
  package mutating func update(with text: String) {
    var text = text
    text.withUTF8 { update(with: UnsafeRawBufferPointer($0)) }
  }

  /// Takes in `bytes`, preceded by their number, so that fields written one after another cannot run into each other:
  /// `"ab", "c"` and `"a", "bc"` give different digests.
  package mutating func update(framing bytes: some ContiguousBytes) {
    bytes.withUnsafeBytes { bytes in
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { update(with: $0) }
      update(with: bytes)
    }
  }

  /// Takes in the UTF-8 bytes of `text`, preceded by their number.
  package mutating func update(framing text: String) {
    var text = text
    text.withUTF8 { update(framing: UnsafeRawBufferPointer($0)) }
  }

  /// Takes in `bytes`.
  package mutating func update(with bytes: UnsafeRawBufferPointer) {
    var state = state
    buffer.take(bytes) { SHA256Compression.compress($0, into: &state) }
    self.state = state
  }

  /// The digest of everything taken in so far. More may follow.
  package func finalize() -> Digest {
    // The padding: a one bit, zeros up to eight bytes before the end of a block, and the message's length in bits.
    var last = buffer.pending
    last.append(0x80)
    let blocks = last.count + 8 <= SHA256Compression.blockSize ? 1 : 2
    last.append(contentsOf: repeatElement(0, count: blocks * SHA256Compression.blockSize - 8 - last.count))
    withUnsafeBytes(of: (buffer.byteCount &<< 3).bigEndian) { last.append(contentsOf: $0) }
    var final = state
    last.withUnsafeBytes { SHA256Compression.compress($0, into: &final) }
    return Digest(words: final)
  }

  package static func digest(of bytes: some ContiguousBytes) -> Digest {
    var hash = SHA256()
    hash.update(with: bytes)
    return hash.finalize()
  }

  /// The digest of the UTF-8 bytes of `text`.
  package static func digest(of text: String) -> Digest {
    var hash = SHA256()
    hash.update(with: text)
    return hash.finalize()
  }
}
