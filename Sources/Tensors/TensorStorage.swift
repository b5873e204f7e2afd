/// The elements of tensors that are copies of each other: a buffer of their device, returned to it with the last of them.
///
/// Sendable because it is written only while one tensor alone holds it.
@usableFromInline final class TensorStorage: @unchecked Sendable {
  @usableFromInline let pointer: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int
  private let buffers: BufferPool

  init(byteCount: Int, in buffers: BufferPool) {
    pointer = buffers.allocate(byteCount: byteCount)
    (self.byteCount, self.buffers) = (byteCount, buffers)
  }

  deinit { buffers.deallocate(pointer, byteCount: byteCount) }

  /// The same bytes in a buffer of their own.
  @usableFromInline func copy() -> TensorStorage {
    let other = TensorStorage(byteCount: byteCount, in: buffers)
    other.pointer.copyMemory(from: pointer, byteCount: byteCount)
    return other
  }
}
