import Foundation

/// Writes a Swift file that declares a digest of given sources and the compiler's version:
/// `CodeIdentityTool OUTPUT COMPILER (MODULE PATH)…`.
///
/// Run by `CodeIdentityPlugin` before the target that wants to know them is compiled.
@main
enum CodeIdentityTool {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      let line = Array("CodeIdentityTool: error: \(error)\n".utf8)
      _ = Foundation.write(STDERR_FILENO, line, line.count)
      exit(1)
    }
  }

  /// Does what `arguments` ask: the output's and the compiler's path, then pairs of a module's name and a source's path.
  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2, arguments.count % 2 == 0 else { throw UsageError() }
    let sources = stride(from: 2, to: arguments.count, by: 2).map {
      SourceFile(module: arguments[$0], path: arguments[$0 + 1])
    }
    let text = """
      let sourceDigest = "\(try CodeIdentity.digest(of: sources))"
      let compilerVersion = \(try CompilerVersion.text(ofCompilerAt: arguments[1]).debugDescription)

      """
    try write(text, to: arguments[0])
  }

  /// Leaves a file that says so already untouched: its new date would recompile the target for nothing.
  private static func write(_ text: String, to path: String) throws {
    if let old = try? String(contentsOfFile: path, encoding: .utf8), old == text { return }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}

struct UsageError: Error, CustomStringConvertible {
  let description = "expected OUTPUT COMPILER followed by pairs MODULE PATH"
}
