// What the sources have of the system, under one name: its C library, dispatch queues, and the small half of Foundation. The large half
// brings tables of every language along, which to load takes three times as long as all that most commands do.
@_exported import Dispatch

#if canImport(FoundationEssentials)
  @_exported import FoundationEssentials
#else
  @_exported import Foundation
#endif

#if canImport(Glibc)
  @_exported import Glibc
#endif

/// The path of the running program's file.
package var executablePath: String {
  #if os(Linux)
    return (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  #else
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  #endif
}
