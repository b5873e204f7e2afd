#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where threads sleep until they are called: a condition variable of the system and its mutex.
///
/// Sendable because both live in memory of their own that does not move, and are only passed to the system's functions, which
/// any thread may call.
final class ConditionVariable: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Sleeps until the next broadcast, or not at all when `condition` holds. A caller makes `condition` true before it broadcasts.
  func wait(unless condition: () -> Bool) {
    pthread_mutex_lock(mutex)
    if !condition() { pthread_cond_wait(self.condition, mutex) }
    pthread_mutex_unlock(mutex)
  }

  /// Wakes all who sleep.
  func broadcast() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}

/// Starts a thread of the system that runs `body` and that nobody waits for.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Start {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let start = Unmanaged.passRetained(Start(body)).toOpaque()
  #if canImport(Darwin)
    let status = pthread_create(
      &thread, nil,
      {
        Unmanaged<Start>.fromOpaque($0).takeRetainedValue().body(); return nil
      }, start)
    let created = thread
  #else
    let status = pthread_create(
      &thread, nil,
      {
        Unmanaged<Start>.fromOpaque($0!).takeRetainedValue().body(); return nil
      }, start)
    let created: pthread_t? = thread
  #endif
  guard status == 0 else { fatalError("the system gives no more threads (error \(status))") }
  if let created { pthread_detach(created) }
}
