/// What tensors are computed with: threads that share work out, and memory that is used again.
///
/// A tensor knows its device. What is made of it is computed there and belongs there, so whoever makes the first tensors says
/// how many threads all that follows may use.
public final class Device: Sendable {
  /// The thread that calls, and memory straight from the system: where tensors are unless told.
  public static let serial = Device(threads: ThreadPool(threadCount: 1), buffers: BufferPool(limit: 0))

  package let threads: ThreadPool
  package let buffers: BufferPool

  private init(threads: ThreadPool, buffers: BufferPool) { (self.threads, self.buffers) = (threads, buffers) }

  /// So many threads, the calling one included, or one for each core where it is 0, and memory of their own. Both last as long as
  /// the device.
  public convenience init(threads: Int) {
    self.init(threads: ThreadPool(threadCount: threads), buffers: BufferPool())
  }

  deinit { threads.end() }
}
