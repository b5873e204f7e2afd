import Foundation
import NbrunDigests
import Testing

@testable import NbrunFilePaths

@Suite struct FileDigestTests {
  @Test func filesGiveTheDigestOfTheirContents() throws {
    let message = (0..<2_500_000).map { UInt8(truncatingIfNeeded: 131 * $0 + $0 / 256) }
    let file = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
    try Data(message).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var told: [Int] = []
    let digest = try SHA256.digest(ofFileAt: file.path()) { told.append($0) }
    #expect(digest == SHA256.digest(of: message))
    #expect(told.last == message.count)
    #expect(told == told.sorted())
  }

  @Test func anUnreadableFileIsSaid() {
    #expect(throws: FileProblem.system(ENOENT)) { try SHA256.digest(ofFileAt: "/no/such/file") }
    #expect(throws: FileProblem.notAFile(.folder)) { try SHA256.digest(ofFileAt: "/") }
  }
}
