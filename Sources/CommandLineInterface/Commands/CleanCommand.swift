import NbrunDiagnostics
import NbrunRunning

extension Command {
  static let clean = Command(
    name: "clean", summary: "Drops the cache of results.", options: { [$0.output] },
    examples: [("clean", "Everything is computed again by the next run.")]
  ) { try $0.clean() }
}

extension Invocation {
  /// `nbrun clean`: drops what is kept between runs.
  func clean() throws(Diagnostic) -> ExitStatus {
    let project = Project(of: currentFolder)
    let state = ProjectFolders(of: project, output: output, cache: cache).state
    try StateFolder.clean(state.text)
    console.write("the cache in \(shown(state, in: project)) is empty\n")
    return .success
  }
}
