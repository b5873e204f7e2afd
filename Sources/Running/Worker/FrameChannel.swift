import NbrunBinaryCoding
import NbrunPlatform

/// One end of the connection between a supervisor and its worker: values as frames over a socket, each a mark and its length
/// (four bytes each, little-endian) and its `BinaryEncoder` form. By the mark bytes of another origin are told at once. Reading and writing are independent of each other; neither is safe to be
/// done by two threads at once.
final class FrameChannel {
  let descriptor: Int32
  /// What no text begins with.
  private static let mark: UInt32 = 0x7262_6EFF
  private static let headSize = 8
  /// The most bytes that a value has.
  private static let largestBody = 256 << 20
  private var received: [UInt8] = []
  private var position = 0

  /// A channel over `descriptor`, a connected stream socket, which it closes in the end.
  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  // MARK: Writing

  /// Writes `value` as one frame, waiting until it is written. False where the other side is gone.
  func send(_ value: some Encodable) throws -> Bool {
    let body = try BinaryEncoder.encode(value)
    precondition(
      body.count <= Self.largestBody, "a step reports \(body.count >> 20) MiB at once, above \(Self.largestBody >> 20)")
    var frame: [UInt8] = []
    frame.reserveCapacity(body.count + Self.headSize)
    for word in [Self.mark, UInt32(body.count)] {
      withUnsafeBytes(of: word.littleEndian) { frame.append(contentsOf: $0) }
    }
    frame.append(contentsOf: body)
    return frame.withUnsafeBytes(write)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      // A write to a peer that died must be an error here, not a signal that ends the process.
      #if canImport(Darwin)
        let count = Darwin.send(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, 0)
      #else
        let count = Glibc.send(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  // MARK: Reading

  /// What reading from the socket gave.
  enum Arrival {
    case bytes
    case nothingYet
    case end
  }

  /// Takes in what the other side has sent.
  /// - Parameter waiting: whether to wait until something has come.
  func read(waiting: Bool) -> Arrival {
    if position > 1 << 16 || position == received.count {
      received.removeSubrange(..<position)
      position = 0
    }
    let flags = waiting ? 0 : Int32(MSG_DONTWAIT)
    var count = 0
    var code: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
      count = recv(descriptor, buffer.baseAddress, buffer.count, flags)
      code = errno
      initialized = max(count, 0)
    }
    received.append(contentsOf: piece)
    if count > 0 { return .bytes }
    if count < 0 && (code == EAGAIN || code == EWOULDBLOCK || code == EINTR) { return .nothingYet }
    return .end
  }

  /// Whether the other side has sent the beginning of a frame.
  var hasPartOfFrame: Bool { received.count > position }

  /// The next whole frame among what was taken in, or nil.
  /// - Throws: `ForeignBytes` where it is none.
  func next<Value: Decodable>(_ type: Value.Type) throws -> Value? {
    let count = received.count - position
    let isMarked = withUnsafeBytes(of: Self.mark.littleEndian) { received[position...].starts(with: $0.prefix(count)) }
    guard isMarked else { throw ForeignBytes() }
    guard count >= Self.headSize else { return nil }
    let length = received.withUnsafeBytes {
      Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)))
    }
    guard length <= Self.largestBody else { throw ForeignBytes() }
    guard count >= Self.headSize + length else { return nil }
    let start = position + Self.headSize
    let body = Array(received[start..<start + length])
    position = start + length
    return try BinaryDecoder.decode(Value.self, from: body)
  }
}

/// Bytes in a channel that its other side has not sent: a step wrote to a descriptor that is not its own.
struct ForeignBytes: Error, CustomStringConvertible {
  let description = "bytes that a step must have written to a descriptor that is not its own"
}

extension FrameChannel {
  /// Two connected sockets that a child process does not inherit unless told to.
  static func makePair() throws(SystemError) -> (Int32, Int32) {
    var pair: [Int32] = [-1, -1]
    #if canImport(Darwin)
      let result = socketpair(AF_UNIX, SOCK_STREAM, 0, &pair)
    #else
      let result = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair)
    #endif
    guard result == 0 else { throw SystemError("cannot connect to a worker") }
    #if canImport(Darwin)
      var on: Int32 = 1
      for descriptor in pair {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
      }
    #endif
    if pair[1] == WorkerMain.connectionDescriptor {
      // A worker is given its end under that number, and not every system keeps it open there when it has that number already.
      let other = fcntl(pair[1], F_DUPFD_CLOEXEC, pair[1] + 1)
      guard other >= 0 else { throw SystemError("cannot connect to a worker") }
      close(pair[1])
      pair[1] = other
    }
    return (pair[0], pair[1])
  }
}
