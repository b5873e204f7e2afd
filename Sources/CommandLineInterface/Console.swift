import NbrunDiagnostics
import NbrunPlatform
import Synchronization

/// Where a command writes, and what it knows of the reader: a terminal or a file, its width, its colours.
///
/// Everything for people goes through one `TerminalWriter`: whatever a name, a message or a printed line holds, it steers nothing.
struct Console: Sendable {
  /// Whether standard error, where progress goes, is a terminal that can move its cursor.
  let isInteractive: Bool
  /// How many columns the terminal has.
  let width: Int
  /// Whether errors are also printed as annotations of GitHub Actions.
  let annotates: Bool
  private let output: any ConsoleStream
  private let error: any ConsoleStream
  private let writer: SharedWriter

  private final class SharedWriter: Sendable {
    let state: Mutex<TerminalWriter>
    init(_ writer: TerminalWriter) { state = Mutex(writer) }
  }

  /// A console that writes to the given streams.
  /// - Parameter isReadByHost: whether a host of CI looks for commands in what is written.
  init(
    isInteractive: Bool, usesColor: Bool, width: Int, annotates: Bool, isReadByHost: Bool? = nil,
    output: any ConsoleStream, error: any ConsoleStream
  ) {
    self.isInteractive = isInteractive
    self.width = width
    self.annotates = annotates
    self.output = output
    self.error = error
    writer = SharedWriter(TerminalWriter(usesColor: usesColor, isReadByHost: isReadByHost ?? annotates))
  }

  static func standard(environment: [String: String]) -> Console {
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    let wantsNoColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let annotates = environment["GITHUB_ACTIONS"] == "true"
    return Console(
      isInteractive: isTerminal, usesColor: isTerminal && !wantsNoColor, width: terminalWidth() ?? 80,
      annotates: annotates,
      isReadByHost: annotates || ["TF_BUILD", "TEAMCITY_VERSION"].contains { environment[$0] != nil },
      output: StandardStream(STDOUT_FILENO), error: StandardStream(STDERR_FILENO))
  }

  /// The columns that text to be read as a page may take.
  var pageWidth: Int { isInteractive ? width : Help.greatestWidth }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  // MARK: Writing

  /// Writes words to standard output.
  func write(_ words: String) { write(styled: TerminalText(words)) }
  func write(styled text: TerminalText) { writer.state.withLock { output.send($0.string(for: text)) } }
  /// Writes words to standard error.
  func writeError(_ words: String) { writeError(styled: TerminalText(words)) }
  func writeError(styled text: TerminalText) { writer.state.withLock { error.send($0.string(for: text)) } }

  /// Writes what is for a program, such as JSON or HTML, to standard output: as it is, but to a terminal like words.
  func writeData(_ text: String) {
    if output.isTerminal { write(text) } else { output.send(text) }
  }

  /// What keeps standard output from being written; nil where all that was written has arrived.
  var outputLoss: StreamLoss? { output.loss }

  /// Writes JUnit XML to `file`.
  /// - Returns: `outputLost` where it could not be written, which was said.
  func write(junit text: String, to file: NamedFile) -> ExitStatus {
    do throws(Diagnostic) {
      guard file.isStandardOutput else {
        try file.write(text)
        return .success
      }
      // A log may be what reads it, so it is written like words: XML is none the worse for it.
      write(text)
      return answered()
    } catch {
      report([error])
      return .outputLost
    }
  }

  /// How a command ends whose answer is what it wrote. A reader that has seen enough is told nothing.
  func answered() -> ExitStatus {
    guard let loss = outputLoss else { return .success }
    if case .system = loss { report([.error("standard output cannot be written: \(loss)")]) }
    return .outputLost
  }

  // MARK: Diagnostics

  /// Prints the annotation of what other lines say already, where annotations are wanted.
  func annotate(_ diagnostic: Diagnostic) {
    if annotates { writeError(styled: DiagnosticPrinter(annotates: true).annotation(for: diagnostic)) }
  }

  /// Prints diagnostics, each with its line.
  func report(_ diagnostics: [Diagnostic], source: @escaping (String) -> String? = { _ in nil }) {
    let printer = DiagnosticPrinter(annotates: annotates)
    writeError(styled: printer.text(for: diagnostics, source: source))
  }
}

/// Takes what a console writes.
protocol ConsoleStream: Sendable {
  /// Takes `text`, or drops it once the reader is lost.
  func send(_ text: String)
  /// Why nothing more can be written.
  var loss: StreamLoss? { get }
  /// Whether a terminal shows what is written.
  var isTerminal: Bool { get }
}

/// Why a stream can no longer be written.
enum StreamLoss: Sendable, Equatable, CustomStringConvertible {
  /// Its reader went away, or asked to stop it stopped reading.
  case reader
  /// The system would not take it, for the reason `errno` gives, such as a full disk.
  case system(Int32)

  /// A few words, to stand behind a colon.
  var description: String {
    switch self {
    case .reader: "nobody reads it"
    case .system(let code): String(cString: strerror(code))
    }
  }
}
