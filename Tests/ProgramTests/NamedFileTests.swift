import NbrunFilePaths
import Foundation
import Testing

/// Files that the user names for what a command writes besides reports: nothing that stands there is lost.
@Suite struct NamedFileTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.writeNotebook("h.md", "step: measuring", "id: m")
    try folder.writeNotebook("g.md", "step: measuring", "id: m")
    _ = try folder.run(.testWorker, ["h.md"])
  }

  @Test(arguments: [
    // The name of the file was forgotten.
    (
      ["--junit", "g.md", "h.md"],
      "--junit takes the file to write, and \"g.md\" is a notebook's; did you forget the FILE?"
    ),
    (
      ["h.md", "--junit", "h.md"],
      "--junit takes the file to write, and \"h.md\" is a notebook's; did you forget the FILE?"
    ),
    (["h.md", "--junit", "new.markdown"], "--junit takes the file to write, and \"new.markdown\" is a notebook's"),
    (["h.md", "--live", "--junit", "g.md"], "--junit takes the file to write"),
    // Other people's files.
    (["h.md", "--junit", ".git/HEAD"], "--junit would replace .git/HEAD, which holds something else; move it"),
    (["h.md", "--junit", "other.xml"], "--junit would replace other.xml, which holds something else; move it"),
    (["h.md", "--junit", "to-other"], "--junit would replace to-other, which holds something else; move it"),
    (["h.md", "--junit", "nowhere"], "cannot write nowhere: it is a link that leads nowhere"),
    (["verify", "h.md", "--junit", "other.xml"], "--junit would replace other.xml, which holds something else"),
    (["verify", "h.md", "--html", "pages"], "--html would replace pages/h.html, which holds something else"),
    (["verify", "g.md", "h.md", "--html", "pages"], "--html would replace pages/h.html, which holds something else"),
    // Reports.
    (["h.md", "--junit", "outputs/h/report.html"], "--junit: outputs/h/report.html would stand among the reports in "),
    (["h.md", "--junit", "outputs/new.xml"], "--junit: outputs/new.xml would stand among the reports in "),
    (["verify", "h.md", "--html", "outputs"], "--html: outputs/h.html would stand among the reports in "),
  ])
  func whatStandsThereIsRefusedFirst(arguments: [String], message: String) throws {
    try folder.write("ref: refs/heads/main\n", to: ".git/HEAD")
    try folder.write("<?xml version=\"1.0\"?>\n<note/>\n", to: "other.xml")
    try folder.write("<html>mine</html>\n", to: "pages/h.html")
    try folder.link("to-other", to: "other.xml")
    try folder.link("nowhere", to: "gone.xml")
    let before = folder.files()
    let end = try folder.run(.testWorker, arguments)
    #expect(end.status == .exited(2) && end.error.hasPrefix("error: \(message)"), "\(end.error)")
    #expect(end.error.split(separator: "\n").count == 1 && folder.files() == before)
  }

  @Test func theProgramsOwnFilesAreRenewed() throws {
    try folder.write("", to: "empty.xml")
    try folder.link("link.xml", to: "empty.xml")
    for file in ["new/a.xml", "new/a.xml", "link.xml", "link.xml"] {
      #expect(try folder.run(.testWorker, ["h.md", "--junit", file]).status == .exited(0))
      #expect(try folder.text(file).contains("<testsuites>"))
    }
    #expect(FilePath("\(folder.path)/link.xml").isLink)
    #expect(try folder.text("empty.xml").contains("<testsuites>"))
    for _ in 0..<2 {
      let end = try folder.run(.testWorker, ["verify", "h.md", "--junit", "new/a.xml", "--html", "pages"])
      #expect(end.status == .exited(0), "\(end)")
    }
    #expect(try folder.text("pages/h.html").contains(": committed and fresh</title>"))
  }

  /// A pipe of the shell, a named one, one behind a link.
  @Test(arguments: [
    "\"$@\" --junit >(cat > got)", "mkfifo pipe; cat pipe > got & \"$@\" --junit pipe",
    "mkfifo pipe; ln -s pipe link; cat link > got & \"$@\" --junit link", "\"$@\" --junit /dev/stdout > got",
    "\"$@\" --junit /dev/stdout | cat > got", "\"$@\" --junit /dev/fd/3 3>got",
  ])
  func aPipeIsWrittenInto(script: String) throws {
    for (command, cases) in [(["h.md"], 1), (["verify", "h.md"], 2)] {
      for name in ["pipe", "link", "got"] where folder.names.contains(name) { try folder.remove(name) }
      let end = try folder.run(
        .testWorker, command, wrapper: ["/bin/bash", "-c", "\(script); status=$?; wait; exit $status", "bash"])
      #expect(end.status == .exited(0), "\(end)")
      let text = try folder.text("got")
      #expect(
        text.hasPrefix("<?xml") && text.contains("tests=\"\(cases)\"") && text.hasSuffix("</testsuites>\n"), "\(text)")
      if folder.names.contains("pipe") { #expect(FilePath("\(folder.path)/pipe").kind == .other) }
    }
  }

  /// What was asked for and did not arrive, after a run whose report is there all the same.
  @Test(arguments: [["g.md"], ["verify", "h.md"]])
  func aLossIsSaidAndIsTheStatus(command: [String]) throws {
    let full = try folder.run(
      .testWorker, command + ["--junit", "-"], wrapper: ["/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full"])
    #expect(full.status == .exited(141), "\(full)")
    #expect(full.error.contains("error: standard output cannot be written: No space left on device\n"), "\(full.error)")
    if command == ["g.md"] { #expect(try folder.text("outputs/g/report.html").hasSuffix("</html>\n")) }
  }

  /// A device of the test's own, like `/dev/full`.
  @Test func aDeviceStaysOne() throws {
    let device = "\(folder.path)/device"
    guard mknod(device, S_IFCHR | 0o666, 1 << 8 | 7) == 0 else {
      print("skipped: no devices can be made here")
      return
    }
    let end = try folder.run(.testWorker, ["h.md", "--junit", "device"])
    guard !end.error.contains("Operation not permitted"), !end.error.contains("Permission denied") else {
      print("skipped: no devices can be opened here")
      return
    }
    #expect(end.status == .exited(141), "\(end)")
    #expect(end.error.contains("error: cannot write device: No space left on device\n"), "\(end.error)")
    #expect(FilePath(device).kind == .other)
  }

  // MARK: Standard input

  @Test(arguments: [
    (["check", "-"], ".", "<stdin>: error: the file cannot be read: Is a directory"),
    (["markdown"], ".", "error: standard input cannot be read: Is a directory"),
    (["check", "-"], "/dev/zero", "<stdin>: error: a notebook has 256 MiB at most; this file is larger"),
    (["markdown"], "/dev/zero", "error: standard input cannot be read: it is too large"),
  ])
  func whatCannotBeReadIsSaid(command: [String], input: String, message: String) throws {
    let end = try folder.run(
      .testWorker, command, wrapper: ["/bin/sh", "-c", "exec \"$0\" \"$@\" < \(input)"])
    #expect(end.status == .exited(2) && end.error == message + "\n" && end.output.isEmpty, "\(end)")
  }
}
