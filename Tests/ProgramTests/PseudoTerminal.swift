import Foundation

/// A terminal that a test sits at: a program's three streams lead to it.
final class PseudoTerminal {
  private let own: FileHandle
  private let programs: FileHandle
  private var process: Process?

  init() throws {
    var (near, far): (Int32, Int32) = (-1, -1)
    guard openpty(&near, &far, nil, nil, nil) == 0 else { throw CocoaError(.fileReadUnknown) }
    for descriptor in [near, far] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    own = FileHandle(fileDescriptor: near, closeOnDealloc: true)
    programs = FileHandle(fileDescriptor: far, closeOnDealloc: true)
  }

  /// Starts a program here. What is typed at once waits for whoever reads it.
  func start(_ words: [String], in folder: String, environment: [String: String], typing text: String = "") throws {
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment
    process.standardInput = programs
    process.standardOutput = programs
    process.standardError = programs
    try process.run()
    // Ours is the last copy of the other end only when this one is closed: then the reading below ends with the program.
    try programs.close()
    try own.write(contentsOf: Data(text.utf8))
    self.process = process
  }

  /// What the program writes until it ends, and how it ends.
  func wait() -> (text: String, processID: Int32, status: Int32) {
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      // A terminal that everybody left is an error to read from.
      let count = read(own.fileDescriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    process?.waitUntilExit()
    return (
      String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"), process?.processIdentifier ?? 0,
      process?.terminationStatus ?? -1
    )
  }
}
