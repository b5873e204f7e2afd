import Diagnostics
import Running

/// `nbrun clean`: drops what is kept between runs.
struct CleanCommand {
  let context: RunContext
  let console: Console

  func run() throws(Diagnostic) {
    let project = Project(of: context.standing)
    let state = ProjectFolders(of: project, output: context.output).state
    try StateFolder.clean(state.text)
    console.write("the cache in \(context.shown(state, in: project)) is empty\n")
  }
}
