import Foundation
import Testing

import NbrunTestSupport

/// What a command loads before it begins.
@Suite struct StartTests {
  /// libcurl brings some thirty libraries along, and the large half of Foundation the tables of every language: loading them took most
  /// of the time of a short command.
  @Test func theProgramIsLinkedToNothingLarge() throws {
    #if os(Linux)
      let bytes = try Data(contentsOf: URL(filePath: BuiltPrograms.path(of: "nbrun")))
      for library in ["libFoundationNetworking.so", "libFoundation.so", "lib_FoundationICU.so"] {
        #expect(bytes.range(of: Data("\0\(library)\0".utf8)) == nil, "\(library) is loaded at each start")
      }
    #else
      print("skipped: Foundation is one part of macOS")
    #endif
  }
}
