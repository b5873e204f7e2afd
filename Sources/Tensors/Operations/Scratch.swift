import Kernels

/// Lends `body` room for `count` numbers with unspecified content, from the pool that all tensors use.
func withScratch<Scalar: KernelScalar, Result>(
  of _: Scalar.Type, count: Int, _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
) rethrows -> Result {
  let byteCount = count * MemoryLayout<Scalar>.stride
  let block = BufferPool.shared.allocate(byteCount: byteCount)
  defer { BufferPool.shared.deallocate(block, byteCount: byteCount) }
  return try body(block.assumingMemoryBound(to: Scalar.self))
}
