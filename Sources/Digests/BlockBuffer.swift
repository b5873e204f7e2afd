/// Cuts bytes that arrive in pieces of any size into whole blocks.
struct BlockBuffer: Sendable {
  let blockSize: Int
  /// The bytes since the last whole block: always fewer than one block.
  private(set) var pending: [UInt8] = []
  /// How many bytes have come.
  private(set) var byteCount: UInt64 = 0

  init(blockSize: Int) { self.blockSize = blockSize }

  /// Takes in `bytes` and hands on the whole blocks that there are then.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ process: (UnsafeRawBufferPointer) -> Void) {
    byteCount &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = min(blockSize - pending.count, rest.count)
      pending.append(contentsOf: rest.prefix(taken))
      rest = rest.dropFirst(taken)
      guard pending.count == blockSize else { return }
      pending.withUnsafeBytes(process)
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / blockSize * blockSize
    process(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }
}
