import Foundation
import Testing

/// Pipes and devices in the place of files: nothing waits for what they would give.
@Suite struct SpecialFileTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  private func makePipe(_ name: String) throws {
    let path = URL(filePath: folder.path).appending(path: name)
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try #require(mkfifo(path.path(), 0o600) == 0)
  }

  @Test func asANotebook() throws {
    try makePipe("notebooks/pipe.md")
    for arguments in [["check"], ["verify"], ["why"], []] {
      let end = try folder.run(.testWorker, arguments + ["notebooks/pipe.md"])
      #expect(end.status == .exited(2))
      #expect(end.error.contains("\"notebooks/pipe.md\" is no regular file"), "\(end.error)")
    }
  }

  /// A data set with a pipe among its files: the cells that read it do not run, the report is there.
  @Test func amongDataFiles() throws {
    try makePipe("data/petals.bin")
    try folder.writeNotebook("notebooks/test.md", "step: reading-data", "id: read")
    let end = try folder.run(.testWorker, ["notebooks/test.md", "--data", "data"])
    #expect(end.status == .exited(3))
    #expect(end.error.contains("petals.bin: it is a pipe or a device, not a file"), "\(end.error)")
    #expect(try folder.text("outputs/test/report.html").contains("it is a pipe or a device, not a file"))
  }

  @Test func amongTheFilesOfCIFAR10() throws {
    try makePipe("cifar/data_batch_1.bin")
    for (arguments, message) in [
      (["data", "--data", "cifar"], "data_batch_1.bin: it is a pipe or a device, not a file"),
      (["data", "cifar-10", "--from", "cifar"], "data_batch_1.bin: it is a pipe or a device, not a file"),
      (["data", "--data", "é"], "names é, which is no folder"),
    ] {
      let end = try folder.run(.nbrun, arguments)
      #expect(end.status == .exited(3) && end.error.hasPrefix("error: ") && end.error.contains(message), "\(end)")
    }
    try makePipe("archive.tar.gz")
    let end = try folder.run(.nbrun, ["data", "cifar-10", "--from", "archive.tar.gz"])
    #expect(end.status == .exited(3))
    #expect(end.error.contains("archive.tar.gz: it is a pipe or a device, not a file"), "\(end.error)")
  }

  /// In the place of a report's file a pipe is replaced, and `verify` and `why` do not read it.
  @Test func amongReports() throws {
    try folder.writeNotebook("notebooks/test.md", "step: measuring", "id: measure")
    #expect(try folder.run(.testWorker, ["notebooks/test.md"]).status == .exited(0))
    let files = folder.files("outputs/test").keys.sorted()
    #expect(files.count > 3)
    for name in files {
      try FileManager.default.removeItem(atPath: "\(folder.path)/outputs/test/\(name)")
      try makePipe("outputs/test/\(name)")
    }
    let verified = try folder.run(.testWorker, ["verify", "notebooks/test.md"])
    #expect(verified.status == .exited(1), "\(verified)")
    #expect(try folder.run(.testWorker, ["why", "notebooks/test.md"]).status == .exited(1))
    #expect(try folder.run(.testWorker, ["notebooks/test.md"]).status == .exited(0))
    #expect(try folder.text("outputs/test/report.html").hasSuffix("</html>\n"))
  }
}
