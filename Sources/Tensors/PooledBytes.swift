/// Bytes from a device's memory, written once: what a layer remembers that is no tensor, such as a pooling's argmax.
package struct PooledBytes: Sendable {
  private let storage: TensorStorage

  /// `count` bytes, all of which `initialize` writes.
  package init(count: Int, on device: Device, initializingWith initialize: (UnsafeMutablePointer<UInt8>) -> Void) {
    storage = TensorStorage(byteCount: count, in: device.buffers)
    initialize(storage.pointer.assumingMemoryBound(to: UInt8.self))
  }

  /// Calls `body` with the bytes, which must not be used after it returns.
  package func withUnsafePointer<Result>(_ body: (UnsafePointer<UInt8>) throws -> Result) rethrows -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.pointer.assumingMemoryBound(to: UInt8.self)))
  }
}
