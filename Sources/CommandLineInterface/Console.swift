import Diagnostics
import Foundation
import Running

/// Where a command writes, and what it knows of the reader: a terminal or a file, its width, its colours.
struct Console: Sendable {
  /// Whether standard error, where progress goes, is a terminal that can move its cursor.
  var isInteractive: Bool
  /// Whether text may be coloured.
  var usesColor: Bool
  /// How many columns the terminal has.
  var width: Int
  /// Whether errors are also printed as annotations of GitHub Actions.
  var annotates: Bool
  /// Writes to standard output.
  var write: @Sendable (String) -> Void
  /// Writes to standard error.
  var writeError: @Sendable (String) -> Void

  /// The process's own console.
  static func standard(environment: [String: String]) -> Console {
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    let wantsNoColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return Console(
      isInteractive: isTerminal, usesColor: isTerminal && !wantsNoColor, width: terminalWidth() ?? 80,
      annotates: environment["GITHUB_ACTIONS"] == "true",
      write: { FileHandle.standardOutput.write(Data($0.utf8)) },
      writeError: { FileHandle.standardError.write(Data($0.utf8)) })
  }

  /// The columns that text to be read as a page may take.
  var pageWidth: Int { isInteractive ? width : Help.greatestWidth }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes a JUnit file to `path`; `-` is standard output.
  func write(junit text: String, to path: String) throws(Diagnostic) {
    if path == "-" { write(text) } else { try AtomicFile.write(Data(text.utf8), to: path) }
  }

  /// Prints the annotation of what other lines say already, where annotations are wanted.
  func annotate(_ diagnostic: Diagnostic) {
    if annotates { writeError(DiagnosticPrinter(annotates: true).annotation(for: diagnostic)) }
  }

  /// Prints diagnostics, each with its line.
  func report(_ diagnostics: [Diagnostic], source: @escaping (String) -> String? = { _ in nil }) {
    let printer = DiagnosticPrinter(usesColor: usesColor, annotates: annotates)
    writeError(printer.string(for: diagnostics, source: source))
  }
}
