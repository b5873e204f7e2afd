#if canImport(Darwin)
  @preconcurrency import Darwin
#else
  @preconcurrency import Glibc
#endif

/// Standard error as C knows it.
var standardError: UnsafeMutablePointer<FILE> {
  stderr
}
