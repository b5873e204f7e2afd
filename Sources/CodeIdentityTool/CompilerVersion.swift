import Foundation

/// What a compiler says of itself.
enum CompilerVersion {
  /// The version that the compiler at `path` prints, in its own words.
  static func text(ofCompilerAt path: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = ["--version"]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let printed = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, let text = text(in: printed) else { throw NoVersion(path: path) }
    return text
  }

  /// The version in what `swiftc --version` prints: the rest of the line from the compiler's name on. The driver's version before
  /// it and the target in the next line say nothing of what is compiled.
  static func text(in printed: String) -> String? {
    for line in printed.split(whereSeparator: \.isNewline) {
      for name in ["Apple Swift version ", "Swift version "] {
        if let start = line.range(of: name)?.lowerBound { return line[start...].trimmingCharacters(in: .whitespaces) }
      }
    }
    return nil
  }
}

struct NoVersion: Error, CustomStringConvertible {
  let path: String
  var description: String { "\(path) --version does not say which version of Swift it is" }
}
