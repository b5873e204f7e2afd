import Foundation
import NbrunTestSupport
import Testing

/// Sources that are no notebooks: a message or a rendering, never a crash.
@Suite struct HostileSourceTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  struct Source: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]

    init(_ name: String, _ bytes: some Sequence<UInt8>) {
      testDescription = name
      self.bytes = Array(bytes)
    }
  }

  static let sources: [Source] = {
    var random = FuzzGenerator(seed: 231)
    // Ten megabytes where all trials are wanted.
    let many = shareOfTrials(10_000_000).count
    return [
      Source("nothing", []),
      Source("random bytes", (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &random) }),
      Source("nested quotes", [UInt8](repeating: UInt8(ascii: ">"), count: 100_000) + "a".utf8),
      Source("nested brackets", [UInt8](repeating: UInt8(ascii: "["), count: 100_000)),
      Source(
        "nested brackets, closed",
        [UInt8](repeating: UInt8(ascii: "["), count: 100_000) + [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)),
      Source("nested lists", String(repeating: "- ", count: 100_000).utf8),
      Source("a line of megabytes", [UInt8](repeating: UInt8(ascii: "a"), count: many)),
      Source("carriage returns", [UInt8](repeating: UInt8(ascii: "\r"), count: 100_000)),
      Source("a lone carriage return", "a\rb".utf8),
      Source("NUL", "a\u{0}b\n\u{0}\n# \u{0}\n".utf8),
      Source("invalid UTF-8", [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF8, 0x0A, 0xE2, 0x82]),
      Source("UTF-16", "# Title\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
      Source("a cell with a value of megabytes", cell("text: " + String(repeating: "x", count: many))),
      Source("a cell with deep JSON", cell("bytes: " + String(repeating: "[", count: 100_000))),
      Source("a cell with invalid UTF-8", cell("text: ") + [0xFF, 0xFE] + "\n```\n".utf8),
      Source("an unclosed front matter", ("---\n" + String(repeating: "title: a\n", count: 10_000)).utf8),
    ]
  }()

  private static func cell(_ line: String) -> [UInt8] {
    Array("```nbrun\nstep: printing\nid: p\n\(line)\n```\n".utf8)
  }

  @Test(arguments: sources)
  func checkAndRunGiveAMessageOrAReport(_ source: Source) throws {
    try folder.write(source.bytes, to: "notebooks/hostile.md")
    let check = try folder.run(.testWorker, ["check", "notebooks/hostile.md"])
    guard case .exited(let status) = check.status else {
      Issue.record("check was killed: \(check.status)")
      return
    }
    #expect(status == 0 || status == 2)
    #expect(status == 0 || check.error.contains("notebooks/hostile.md:"), "\(check.error.prefix(300))")
    let run = try folder.run(.testWorker, ["notebooks/hostile.md"])
    #expect(run.status == .exited(status), "\(run.error.prefix(300))")
    if status == 0 {
      #expect(try folder.text("outputs/hostile/report.html").hasSuffix("</html>\n"))
    } else {
      #expect(folder.files("outputs").isEmpty)
    }
  }

  @Test(arguments: sources)
  func markdownGivesARendering(_ source: Source) throws {
    for options in [[], ["--notebook"], ["--unsafe"]] {
      let end = try folder.run(.nbrun, ["markdown"] + options, input: source.bytes)
      #expect(end.status == .exited(0), "\(end.error.prefix(300))")
      let letters = source.bytes.contains { $0 > 0x20 }
      #expect(end.output.isEmpty != letters)
    }
  }
}
