import NbrunDiagnostics
import NbrunPlatform

/// A system call that failed: what could not be done, and the system's reason.
struct SystemError: Error, Equatable, CustomStringConvertible {
  let message: String
  let code: Int32

  /// `message`, for the reason `code` (`errno`).
  init(_ message: String, code: Int32) {
    self.message = message
    self.code = code
  }

  var description: String { "\(message): \(String(cString: strerror(code)))" }
  /// The error as it is told to the user.
  var diagnostic: Diagnostic { .error(description) }
}
