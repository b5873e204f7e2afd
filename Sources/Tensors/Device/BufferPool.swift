import NbrunPlatform
import Synchronization

/// Memory for tensors that is used again instead of being returned to the system.
///
/// A training step makes the same tensors as the one before it. Freed buffers go to a list of their size class and are
/// handed out from there, so that from the second step on nothing is allocated and no page is touched for the first time.
/// Size classes are a quarter of a power of two apart. What is handed out holds whatever was there before.
package final class BufferPool: Sendable {
  /// Every buffer starts at a multiple of this many bytes: a cache line, and more than a SIMD vector.
  package static let alignment = 64

  /// The most bytes that wait in the free lists; beyond them a buffer is returned to the system.
  package let limit: Int

  /// A buffer that waits. Sendable because nobody else has its pointer while it stands in a list, which a mutex guards.
  private struct Block: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private struct FreeLists: Sendable {
    var blocks: [[Block]] = Array(repeating: [], count: 4 * Int.bitWidth)
    var byteCount = 0
  }

  private let free = Mutex(FreeLists())
  private let allocations = Atomic<Int>(0)

  /// A pool that keeps at most `limit` bytes waiting.
  package init(limit: Int = 2 << 30) { self.limit = limit }

  deinit { trim() }

  /// The bytes that wait in the free lists.
  package var freeByteCount: Int { free.withLock { $0.byteCount } }

  /// How many buffers the system was asked for so far.
  package var allocationCount: Int { allocations.load(ordering: .relaxed) }

  /// Returns all waiting buffers to the system.
  package func trim() {
    let blocks = free.withLock { lists in
      let all = lists.blocks.flatMap { $0 }
      for index in lists.blocks.indices { lists.blocks[index].removeAll() }
      lists.byteCount = 0
      return all
    }
    for block in blocks { systemFree(block.pointer, byteCount: block.byteCount) }
  }

  /// A buffer of at least `byteCount` bytes with unspecified content.
  func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let size = SizeClass(holding: byteCount)
    let reused = free.withLock { lists -> Block? in
      guard let block = lists.blocks[size.index].popLast() else { return nil }
      lists.byteCount -= size.byteCount
      return block
    }
    if let reused { return reused.pointer }
    allocations.add(1, ordering: .relaxed)
    return systemAllocate(byteCount: size.byteCount)
  }

  /// Takes back a buffer that `allocate` gave for the same `byteCount`.
  func deallocate(_ pointer: UnsafeMutableRawPointer, byteCount: Int) {
    let size = SizeClass(holding: byteCount)
    let block = Block(pointer: pointer, byteCount: size.byteCount)
    let kept = free.withLock { lists in
      guard lists.byteCount + size.byteCount <= limit else { return false }
      lists.blocks[size.index].append(block)
      lists.byteCount += size.byteCount
      return true
    }
    if !kept { systemFree(pointer, byteCount: size.byteCount) }
  }

  /// The size to which a request is rounded up, and its place among the free lists.
  struct SizeClass: Equatable {
    let byteCount: Int
    let index: Int

    init(holding requested: Int) {
      guard requested > 256 else {
        byteCount = Swift.max(64, (requested + 63) & ~63)
        index = byteCount / 64 - 1
        return
      }
      // 2^exponent < requested <= 2^(exponent + 1), in four equal parts.
      let exponent = Int.bitWidth - 1 - (requested - 1).leadingZeroBitCount
      let part = 1 << (exponent - 2)
      byteCount = (requested + part - 1) / part * part
      index = 4 * (exponent - 8) + (byteCount >> (exponent - 2)) - 1
    }
  }
}

/// Blocks of at least twice this many bytes are aligned to huge pages, which spares the kernels most address translation misses.
private let hugePage = 2 << 20

/// Large blocks come straight from the system, so that they go back to it at once when they are freed.
private func isLarge(_ byteCount: Int) -> Bool { byteCount >= 2 * hugePage }

private func systemAllocate(byteCount: Int) -> UnsafeMutableRawPointer {
  var pointer: UnsafeMutableRawPointer?
  if isLarge(byteCount) {
    pointer = mapPages(byteCount: byteCount)
  } else if posix_memalign(&pointer, BufferPool.alignment, byteCount) != 0 {
    pointer = nil
  }
  guard let pointer else { fatalError("no memory for a tensor of \(byteCount) bytes") }
  return pointer
}

private func systemFree(_ pointer: UnsafeMutableRawPointer, byteCount: Int) {
  if isLarge(byteCount) { munmap(pointer, byteCount) } else { free(pointer) }
}

/// Pages that begin where a huge page does.
private func mapPages(byteCount: Int) -> UnsafeMutableRawPointer? {
  let start = mmap(nil, byteCount + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard let start, start != MAP_FAILED else { return nil }
  let before = (hugePage - Int(bitPattern: start) % hugePage) % hugePage
  let pointer = start + before
  if before > 0 { munmap(start, before) }
  munmap(pointer + byteCount, hugePage - before)
  #if os(Linux)
    let adviseHugePages: Int32 = 14  // MADV_HUGEPAGE
    madvise(pointer, byteCount, adviseHugePages)
  #endif
  return pointer
}
