import Testing

@testable import NbrunTensors

struct TensorMemoryTests {
  @Test func sizeClassesHoldWhatIsAskedAndWasteLittle() {
    var last = BufferPool.SizeClass(holding: 0)
    for requested in 1..<70_000 {
      let size = BufferPool.SizeClass(holding: requested)
      #expect(size.byteCount >= requested && size.byteCount % BufferPool.alignment == 0)
      #expect(size.byteCount <= max(64, requested + max(63, requested / 4)))
      // Neighbouring sizes share a class exactly when they are rounded up to the same.
      #expect((size.index == last.index) == (size.byteCount == last.byteCount))
      #expect(size.index >= last.index)
      last = size
    }
  }

  @Test func freedBuffersAreHandedOutAgain() {
    let pool = BufferPool(limit: 1 << 20)
    let first = pool.allocate(byteCount: 1000)
    #expect(Int(bitPattern: first) % BufferPool.alignment == 0)
    pool.deallocate(first, byteCount: 1000)
    #expect(pool.freeByteCount == 1024)
    #expect(pool.allocate(byteCount: 1020) == first)
    #expect(pool.freeByteCount == 0)
    pool.deallocate(first, byteCount: 1020)
    pool.trim()
    #expect(pool.freeByteCount == 0)
  }

  @Test func thePoolKeepsNoMoreThanItsLimit() {
    let pool = BufferPool(limit: 2048)
    let blocks = (0..<3).map { _ in pool.allocate(byteCount: 1024) }
    for block in blocks { pool.deallocate(block, byteCount: 1024) }
    #expect(pool.freeByteCount == 2048)
  }

  @Test func largeBuffersAreHandedOut() {
    var x = Tensor<Float>.zeros([1 << 21])
    x[(1 << 21) - 1] = 1
    #expect(x.sum() == 1)
  }
}
