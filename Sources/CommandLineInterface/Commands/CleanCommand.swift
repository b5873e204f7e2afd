import Diagnostics
import Running

/// `nbrun clean`: drops what is kept between runs.
struct CleanCommand {
  let context: RunContext
  let console: Console

  func run() throws(Diagnostic) {
    try StateFolder.clean(context.stateFolder)
    console.write("the cache in \(context.stateFolder) is empty\n")
  }
}
