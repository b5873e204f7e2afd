import Foundation
import Testing

/// What other packages can use is narrow, documented, and does not widen unnoticed.
@Suite struct PublicSurfaceTests {
  /// The package's folder.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let declarations = Result { try PublicDeclarations(ofPackageAt: package) }

  @Test func thereAreFew() throws {
    #expect(try Self.declarations.get().all.count <= 450)
  }

  @Test func eachSaysWhatItIs() throws {
    let bare = try Self.declarations.get().all.filter { $0.documentation.count < 2 }
    #expect(bare.map(\.place).joined(separator: "\n") == "")
  }

  /// The list beside this file is the surface; `RECORD_SNAPSHOTS=1` writes it anew.
  @Test func theyAreTheListedOnes() throws {
    let list = Self.package + "/Tests/PackageTests/Snapshots/public-declarations.txt"
    let found = try Self.declarations.get().all.map(\.text)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data((found.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
      Issue.record("recorded \(list): look at what changed")
      return
    }
    let listed = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init)
    let changes = found.difference(from: listed).map { change in
      switch change {
      case .insert(_, let text, _): "+ \(text)"
      case .remove(_, let text, _): "- \(text)"
      }
    }
    #expect(changes.joined(separator: "\n") == "")
  }
}
