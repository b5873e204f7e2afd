import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunReporting
import NbrunRunning

/// A file that the user names for what a command writes besides reports. What stands there and is not this program's own is not
/// lost for it: a file is refused; a pipe or a device is written into, and a link followed, as a shell would.
struct NamedFile: Sendable {
  /// As the user typed it.
  let path: String
  /// The option that names it.
  private let option: String
  private let isOwn: @Sendable (Data) -> Bool

  /// How long a pipe is waited for that nobody reads, in seconds.
  private static let patience = 10.0

  static func junit(_ path: String) -> NamedFile {
    NamedFile(path: path, option: "--junit", isOwn: JUnitReport.isReport)
  }

  /// The page of `--html` for the notebook in `file`.
  static func comparison(of file: NotebookFile, in folder: String) -> NamedFile {
    NamedFile(path: "\(folder)/\(file.outputName).html", option: "--html", isOwn: ComparisonPage.isPage)
  }

  /// Whether it is where standard output goes.
  var isStandardOutput: Bool {
    var (named, output) = (stat(), stat())
    return path == "-"
      || stat(path, &named) == 0 && fstat(STDOUT_FILENO, &output) == 0 && named.st_dev == output.st_dev
        && named.st_ino == output.st_ino
  }

  /// Makes sure, before work is done, that its result can be written here and takes nobody's place.
  /// - Parameter files: the notebooks of that work, whose folders of reports hold nothing else.
  func check(besides files: [NotebookFile]) throws(Diagnostic) {
    let place = FilePath(path)
    if isStandardOutput { return }
    if ReportLayout.isNotebook(place) {
      throw .error("\(option) takes the file to write, and \"\(path)\" is a notebook's; did you forget the FILE?")
    }
    if let outputs = files.map(\.folders.outputs).first(where: { place.place.below($0) != nil }) {
      throw .error("\(option): \(path) would stand among the reports in \(outputs); choose another place")
    }
    if place.kind == .other {
      if access(path, W_OK) != 0 { throw failure(String(cString: strerror(errno))) }
    } else {
      try AtomicFile.probe(try target().text)
    }
  }

  func write(_ text: String) throws(Diagnostic) {
    guard FilePath(path).kind == .other else {
      try AtomicFile.update(try target().text, with: text)
      return
    }
    let descriptor = try open()
    defer { close(descriptor) }
    let stream = StandardStream(descriptor)
    stream.send(text)
    if let loss = stream.loss { throw failure("\(loss)") }
  }

  /// The file itself, where a link leads to it, which is not there or this program's own.
  private func target() throws(Diagnostic) -> FilePath {
    let place = FilePath(path)
    if place.isLink, place.kind == nil { throw failure("it is a link that leads nowhere") }
    if place.kind == .file, !(place.contents.map { $0.isEmpty || isOwn($0) } ?? false) {
      throw .error("\(option) would replace \(path), which holds something else; move it, or choose another place")
    }
    return place.isLink ? place.resolved ?? place : place
  }

  private func open() throws(Diagnostic) -> Int32 {
    let start = monotonicSeconds()
    while true {
      let descriptor = NbrunPlatform.open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if descriptor >= 0 { return descriptor }
      // A pipe without a reader.
      guard errno == ENXIO else { throw failure(String(cString: strerror(errno))) }
      if monotonicSeconds() - start > Self.patience || Interruption.isRequestedBySignal {
        throw failure("\(StreamLoss.reader)")
      }
      usleep(50_000)
    }
  }

  private func failure(_ reason: String) -> Diagnostic { .error("cannot write \(path): \(reason)") }
}
