import NbrunPlatform

/// Bytes on their way to a file, in pieces: the memory of a tensor is a piece as it stands, so that a checkpoint needs no room
/// for a copy of all of them.
struct BinaryPieces {
  /// Data of at least so many bytes is a piece by itself.
  private static let largeCount = 1 << 16

  private var finished: [Data] = []
  private var open: [UInt8] = []

  mutating func append(_ byte: UInt8) { open.append(byte) }
  mutating func append(contentsOf bytes: some Sequence<UInt8>) { open.append(contentsOf: bytes) }

  mutating func append(_ data: Data) {
    guard data.count >= Self.largeCount else { return open.append(contentsOf: data) }
    finished += [Data(open), data]
    open.removeAll()
  }

  /// The pieces, in order.
  var pieces: [Data] { finished + [Data(open)] }

  /// The pieces as one array.
  var joined: [UInt8] {
    guard !finished.isEmpty else { return open }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(finished.reduce(open.count) { $0 + $1.count })
    for piece in finished { bytes.append(contentsOf: piece) }
    bytes.append(contentsOf: open)
    return bytes
  }
}
