/// The elements of tensors that are copies of each other: a buffer from the pool, returned to it with the last of them.
///
/// Sendable because it is written only while one tensor alone holds it.
@usableFromInline final class TensorStorage: @unchecked Sendable {
  @usableFromInline let pointer: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int

  @usableFromInline init(byteCount: Int) {
    pointer = BufferPool.shared.allocate(byteCount: byteCount)
    self.byteCount = byteCount
  }

  deinit { BufferPool.shared.deallocate(pointer, byteCount: byteCount) }

  /// The same bytes in a buffer of their own.
  @usableFromInline func copy() -> TensorStorage {
    let other = TensorStorage(byteCount: byteCount)
    other.pointer.copyMemory(from: pointer, byteCount: byteCount)
    return other
  }
}
