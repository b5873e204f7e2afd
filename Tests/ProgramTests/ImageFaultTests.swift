import Foundation
import NbrunTestSupport
import Testing

/// An image that a report cannot hold is said where the notebook shows it, before anything runs.
@Suite struct ImageFaultTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], to: "notebooks/good.png")
    try folder.write("<!-- \(String(repeating: "a long licence ", count: 100)) --><svg/>", to: "notebooks/good.svg")
    try folder.write("hello", to: "notebooks/text.png")
    try folder.write("", to: "notebooks/empty.png")
    try folder.write("BM not one of them", to: "notebooks/bitmap.bmp")
    try folder.write([0x89, 0x50, 0x4E, 0x47], to: "outside.png")
    try folder.write("x", to: "notebooks/folder.png/file")
    let link = "\(folder.path)/notebooks/link.png"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../outside.png")
    let large = "\(folder.path)/notebooks/large.png"
    try folder.write("", to: "notebooks/large.png")
    try #require(truncate(large, 32 << 20 + 1) == 0)
  }

  @Test(arguments: [
    ("text.png", "\"text.png\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"),
    ("empty.png", "\"empty.png\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"),
    ("bitmap.bmp", "\"bitmap.bmp\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"),
    ("folder.png", "the image \"folder.png\" is no file"),
    ("link.png", "the image \"link.png\" is a link to a file outside the notebook's folder; put a copy of it there"),
    ("large.png", "the image \"large.png\" has more than the 32 MiB that a report holds"),
    (
      "data:image/png;base64,@@@",
      "\"data:image/png;base64,@@@…\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"
    ),
    (
      "data:image/png;base64,",
      "\"data:image/png;base64,…\" is no image that a report can hold: PNG, JPEG, GIF, WebP or SVG"
    ), ("gone.png", "there is no image \"gone.png\" beside the notebook"),
  ])
  func isSaidWhereItIsShown(name: String, message: String) throws {
    try folder.write(
      "# Images\n\n![good](good.png) ![bad](\(name))\n\n```nbrun\nstep: printing\n```\n", to: "notebooks/a.md")
    for command in [["check"], []] {
      let end = try folder.run(.testWorker, command + ["notebooks/a.md"])
      #expect(end.status == .exited(2))
      #expect(end.diagnostics == ["notebooks/a.md:3:19: error: \(message)"], "\(end.error)")
    }
    #expect(folder.files("outputs").isEmpty)
  }

  /// Names of two files, though they look the same.
  @Test func imagesAreKnownByTheBytesOfTheirNames() throws {
    let (composed, decomposed) = ("caf\u{E9}.png", "cafe\u{301}.png")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 7], to: "notebooks/\(composed)")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 8], to: "notebooks/\(decomposed)")
    let text = "# Images\n\n![a](\(composed)) ![b](\(decomposed))\n\n```nbrun\nstep: printing\n```\n"
    try folder.write(text, to: "notebooks/a.md")
    #expect(try folder.run(.testWorker, ["notebooks/a.md"]).status == .exited(0))
    let page = try folder.text("outputs/a/report.html")
    for byte in [7, 8] as [UInt8] {
      #expect(page.contains(Data([0x89, 0x50, 0x4E, 0x47, byte]).base64EncodedString()), "\(byte)")
    }
  }

  @Test func whatCanBeHeldIsShown() throws {
    try folder.write(
      "# Images\n\n![a](good.png) ![b](good.svg)\n\n```nbrun\nstep: printing\n```\n", to: "notebooks/a.md")
    let end = try folder.run(.testWorker, ["notebooks/a.md"])
    #expect(end.status == .exited(0) && end.diagnostics == [], "\(end.error)")
    let page = try folder.text("outputs/a/report.html")
    #expect(page.contains("data:image/png;base64,") && page.contains("data:image/svg+xml;base64,"))
  }
}
