import Foundation
import NbrunTestSupport
import Testing

@testable import NbrunFilePaths

@Suite struct FilePathTests {
  /// Every text of up to three pieces, and what an operation needs to hold for any of them: none may trap, all agree.
  static let texts: [String] = {
    let pieces = ["", "/", ".", "a", "é", "e\u{301}", "\u{301}", "\r\n", "\0", "%", ":", " ", "👩‍👩‍👧"]
    return pieces.flatMap { a in pieces.flatMap { b in pieces.map { a + b + $0 } } }
  }()

  @Test func everyShortTextIsAPath() {
    for text in Self.texts {
      let path = FilePath(text)
      #expect(path.text.utf8.elementsEqual(text.utf8))
      #expect(path.name == (path.parts.last ?? ""))
      let (stem, ending) = path.stemAndExtension
      #expect(stem + (path.name == stem ? "" : "." + ending) == path.name)
      #expect(path.parent.parts == path.parts.dropLast())
      #expect(path.parent.isAbsolute == path.isAbsolute)
      #expect(path.normalized.normalized == path.normalized)
      #expect(FilePath(percentEncoded: path.address).normalized.text.utf8.elementsEqual(path.normalized.text.utf8))
      #expect(path.address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      #expect(path.relative(to: path).text.isEmpty)
      #expect(path.below(path) == nil)
      // Asking the file system traps as little.
      _ = (path.kind, path.exists, path.isLink, path.resolved, path.place, path.entries, path.isWritable)
      if path.kind != .file { #expect(path.contents == nil) }
    }
  }

  @Test func aListingSaysWhatEntriesAreThemselves() throws {
    let folder = FilePath(NSTemporaryDirectory()).appending("nbrun-listing-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: folder.text) }
    try FileManager.default.createDirectory(atPath: "\(folder.text)/folder", withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(folder.text)/é file"))
    for (name, target) in [("to-file", "é file"), ("to-folder", "folder"), ("to-nothing", "gone")] {
      try FileManager.default.createSymbolicLink(atPath: "\(folder.text)/\(name)", withDestinationPath: target)
    }
    mkfifo("\(folder.text)/pipe", 0o600)
    let listing = try #require(folder.listing)
    #expect(listing.map(\.name.text) == ["folder", "pipe", "to-file", "to-folder", "to-nothing", "é file"])
    #expect(listing.map(\.kind) == [.folder, .other, .link, .link, .link, .file])
    #expect(folder.appending("gone").listing == nil)
  }

  @Test func twoShortTextsAreAWay() {
    let paths = shareOfTrials(
      Set(Self.texts.map { FilePath($0).normalized }).sorted().filter { !$0.parts.contains("..") })
    for one in paths {
      for other in paths where one.isAbsolute == other.isAbsolute {
        let way = one.relative(to: other)
        #expect(other.appending(way).normalized == one)
        #expect(one.below(other).map(other.appending) ?? one == one)
      }
    }
  }

  @Test(arguments: [
    ("", [], "", ""), ("a", ["a"], "a", ""), ("/", [], "", "/"), ("//a//./b/", ["a", "b"], "b", "//a"),
    ("a/..", ["a", ".."], "..", "a"), ("/x", ["x"], "x", "/"), ("./a", ["a"], "a", ""),
    // A mark over a slash is a character of its own to Swift, not to a file system.
    ("a/\u{301}b", ["a", "\u{301}b"], "\u{301}b", "a"),
  ])
  func partsStandBetweenSlashes(text: String, parts: [String], name: String, parent: String) {
    let path = FilePath(text)
    #expect(path.parts.map { Array($0.utf8) } == parts.map { Array($0.utf8) })
    #expect(path.name == name)
    #expect(path.parent == FilePath(parts: FilePath(parent).parts, isAbsolute: parent.hasPrefix("/")))
  }

  @Test(arguments: [
    ("a/../b", "b"), ("/..", "/"), ("/../a", "/a"), ("../a", "../a"), ("a/../../b", "../b"), ("./", ""),
    ("a//b/.", "a/b"),
  ])
  func oneWayOfWriting(text: String, normalized: String) {
    #expect(FilePath(text).normalized.text == normalized)
  }

  @Test func namesAreComparedByTheirBytes() {
    let (composed, decomposed) = (FilePath("é.md"), FilePath("e\u{301}.md"))
    #expect(composed.text == decomposed.text)
    #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
    #expect(composed.below(FilePath("e\u{301}.md")) == nil)
  }

  @Test(arguments: [
    ("a#b?c.md", "a%23b%3Fc.md"), ("100 %.md", "100%20%25.md"), ("a:b", "./a:b"), ("x/a:b", "x/a:b"), ("ü", "%C3%BC"),
    ("a\nb", "a%0Ab"), ("(a)", "(a)"),
  ])
  func addressesAreEscaped(text: String, address: String) {
    #expect(FilePath(text).address == address)
  }

  @Test(arguments: [
    ("im%20g/p.png", "im g/p.png"), ("%C3%BC", "ü"), ("%23%", "#%"), ("%4", "%4"), ("%zz", "%zz"), ("%2e%2E", ".."),
  ])
  func addressesAreRead(address: String, text: String) {
    #expect(FilePath(percentEncoded: address).text == text)
  }

  @Test(arguments: [
    ("notebooks/cnn.md", "notebooks/cnn.md"), ("a b.md", "'a b.md'"), ("it's.md", "'it'\\''s.md'"), ("", "''"),
    ("$(x).md", "'$(x).md'"), ("-x", "'-x'"), ("é", "'é'"),
  ])
  func wordsOfAShell(text: String, word: String) {
    #expect(FilePath(text).shellWord == word)
  }

  @Test func aFilesAddressOpensIt() {
    #expect(FilePath("/a b/ü#.html").fileAddress == "file:///a%20b/%C3%BC%23.html")
  }
}
