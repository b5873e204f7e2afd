import NbrunDiagnostics
import NbrunRunning

extension Command {
  static let clean = Command(
    name: "clean", summary: "Drops the cache of results.", options: { [$0.output] },
    examples: [("clean", "Everything is computed again by the next run.")]
  ) { invocation in
    try invocation.clean()
    return .success
  }
}

extension Invocation {
  /// `nbrun clean`: drops what is kept between runs.
  func clean() throws(Diagnostic) {
    let project = Project(of: context.currentFolder)
    let state = ProjectFolders(of: project, output: context.output, cache: context.cache).state
    try StateFolder.clean(state.text)
    console.write("the cache in \(context.shown(state, in: project)) is empty\n")
  }
}
