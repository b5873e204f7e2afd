import NbrunPlatform

/// Bytes that are read in order, once, a buffer at a time.
package struct ByteSource {
  /// Fills the start of the buffer and returns how many bytes there were: 0 only at the end.
  let read: (UnsafeMutableRawBufferPointer) throws -> Int

  /// The bytes that `read` gives: it fills the start of a buffer and returns the number of bytes, 0 at the end.
  package init(read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.read = read }

  package static func bytes(_ bytes: [UInt8]) -> ByteSource {
    var position = 0
    return ByteSource { buffer in
      let count = min(buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
  }

  /// The contents of an open file from where it stands. The descriptor stays the caller's.
  package static func file(_ descriptor: Int32) -> ByteSource {
    ByteSource { buffer in
      while true {
        let count = NbrunPlatform.read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR { throw SystemError("cannot read") }
      }
    }
  }
}
