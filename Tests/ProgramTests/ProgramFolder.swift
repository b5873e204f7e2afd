import Foundation
import NbrunTestSupport

/// A folder in which a test starts programs as a user would, gone when the test is over.
final class ProgramFolder: Sendable {
  let path: String

  init() throws {
    let path = NSTemporaryDirectory() + "nbrun-program-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let real = realpath(path, nil)
    defer { free(real) }
    self.path = real.map { String(cString: $0) } ?? path
    try makeProject()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A program of this package.
  enum Program: String {
    case nbrun
    /// The same command line with the tests' steps.
    case testWorker = "TestWorker"

    /// The one built with the tests; for long runs an optimised one, where `NBRUN_PROGRAM` names it.
    var path: String {
      let chosen = self == .nbrun ? ProcessInfo.processInfo.environment["NBRUN_PROGRAM"] : nil
      return chosen ?? BuiltPrograms.path(of: rawValue)
    }
  }

  /// Makes this folder, or one below it, the root of a project.
  func makeProject(_ folder: String = "") throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(folder)/.git", withIntermediateDirectories: true)
  }

  // MARK: Running

  /// Starts a program in this folder, or in the folder `below` it, with nobody's settings in its environment.
  /// - Parameter wrapper: a command that starts the program, such as `setpriv`.
  func start(
    _ program: Program, _ arguments: [String], environment: [String: String] = [:], input: [UInt8]? = nil,
    below: String = "", wrapper: [String] = []
  ) throws -> RunningProgram {
    let words = wrapper + [program.path] + arguments
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(filePath: path).appending(path: below)
    var surroundings = ProcessInfo.processInfo.environment
    for name in ["NBRUN_DATA", "GITHUB_ACTIONS", "XDG_CACHE_HOME"] { surroundings[name] = nil }
    surroundings["HOME"] = path
    surroundings["NO_COLOR"] = "1"
    process.environment = surroundings.merging(environment) { $1 }
    // Files rather than pipes: what is written without anybody reading never blocks.
    let captured = NSTemporaryDirectory() + "nbrun-captured-\(UUID().uuidString)"
    for name in ["input", "output", "error"] {
      _ = FileManager.default.createFile(
        atPath: "\(captured)-\(name)", contents: name == "input" ? Data(input ?? []) : nil)
    }
    process.standardInput = FileHandle(forReadingAtPath: "\(captured)-input")
    process.standardOutput = FileHandle(forWritingAtPath: "\(captured)-output")
    process.standardError = FileHandle(forWritingAtPath: "\(captured)-error")
    try process.run()
    return RunningProgram(process: process, captured: captured)
  }

  /// Runs a program in this folder to its end.
  func run(
    _ program: Program, _ arguments: [String], environment: [String: String] = [:], input: [UInt8]? = nil,
    below: String = "", wrapper: [String] = []
  ) throws -> ProgramEnd {
    try start(program, arguments, environment: environment, input: input, below: below, wrapper: wrapper).wait()
  }

  // MARK: Files

  /// Writes a file below this folder.
  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file below this folder.
  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Puts a symbolic link below this folder.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// Removes what is below this folder.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  /// Writes a notebook of one cell of the tests' steps.
  func writeNotebook(_ name: String = "notebooks/test.md", _ cell: String...) throws {
    let lines = cell.joined(separator: "\n")
    try write("---\ntitle: A test\nseed: 231\n---\n\nProse.\n\n```nbrun\n\(lines)\n```\n", to: name)
  }

  /// The text of a file below this folder.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path).appending(path: name)), as: UTF8.self)
  }

  /// The names in this folder, without what makes it a project.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0 != ".git" }.sorted()
  }

  /// Every file below `folder`, hidden ones included, by its path below it.
  func files(_ folder: String = "") -> [String: Data] {
    let root = folder.isEmpty ? path : "\(path)/\(folder)"
    var files: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? FileManager.DirectoryEnumerator() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
      else { continue }
      files[name] = FileManager.default.contents(atPath: "\(root)/\(name)")
    }
    return files
  }
}

/// A program that was started.
struct RunningProgram {
  let process: Process
  /// The beginning of the names of the files that hold what it writes.
  let captured: String

  /// Waits for its end.
  func wait() throws -> ProgramEnd {
    process.waitUntilExit()
    func text(_ name: String) -> String {
      String(decoding: FileManager.default.contents(atPath: "\(captured)-\(name)") ?? Data(), as: UTF8.self)
    }
    let end = ProgramEnd(
      output: text("output"), error: text("error"),
      status: process.terminationReason == .exit
        ? .exited(process.terminationStatus) : .killed(process.terminationStatus))
    for name in ["input", "output", "error"] { unlink("\(captured)-\(name)") }
    return end
  }
}

/// How a program ended, and what it wrote.
struct ProgramEnd {
  enum Status: Equatable {
    case exited(Int32)
    case killed(Int32)
  }

  var output: String
  var error: String
  var status: Status

  /// The lines of its diagnostics: those with `error:` or `warning:`.
  var diagnostics: [String] {
    error.split(separator: "\n").map(String.init).filter { $0.contains("error: ") || $0.contains("warning: ") }
  }
}
