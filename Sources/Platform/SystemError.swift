/// A system call that failed: what could not be done, and the system's reason.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  /// What could not be done, such as `cannot write data.bin`.
  package let message: String
  /// The system's error number (`errno`).
  package let code: Int32

  /// `message`, for the reason `code`: that of the call that just failed, unless it is another.
  package init(_ message: String, code: Int32 = errno) { (self.message, self.code) = (message, code) }
  /// One line such as `cannot write data.bin: No space left on device`.
  package var description: String { "\(message): \(String(cString: strerror(code)))" }
}

/// Writes all of `bytes` to the open file `descriptor`, however many calls it takes.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
    let count = write(descriptor, piece.baseAddress, piece.count)
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { throw SystemError("cannot write", code: count < 0 ? errno : ENOSPC) }
    rest = rest.dropFirst(count)
  }
}

/// What the system says of the call that just failed.
package func systemReason() -> String { String(cString: strerror(errno)) }

extension Error {
  /// What went wrong with a file, in the system's words where it gave a reason.
  package var systemReason: String {
    let cause = (self as? CocoaError)?.underlying ?? self
    return (cause as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? String(describing: cause)
  }
}
