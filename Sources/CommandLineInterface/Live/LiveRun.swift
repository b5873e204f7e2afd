import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunReporting
import NbrunRunning

/// `nbrun --live NOTEBOOK`: keeps a live page while the notebook runs and, after it, watches the notebook and the files that its cells
/// name: an edit reruns what it changed. Ends when it is interrupted.
extension Invocation {
  /// How often the files are looked at, in seconds.
  private static let interval = 0.25

  func watch(_ files: [NotebookFile]) throws -> ExitStatus {
    guard files.count == 1 else { throw Diagnostic.error("--live follows one notebook; \(files.count) are given") }
    let file = files[0]
    let folder = LiveFolder(of: file, alterations: alterations)
    var lock: RunLock?
    defer { withExtendedLifetime(lock) {} }
    // Computed anew is what the first round finds; after it, what an edit changes.
    var isFresh = arguments.fresh
    var hasSaidWhere = false
    while true {
      let contents = file.place.file.contents
      var data: [FilePath: FileIdentity?] = [:]
      if let job = job(file) {
        for path in job.plan.cells.flatMap({ $0.configured.files.values.flatMap(\.watchedPaths) }) {
          data[path] = .some(FileIdentity(path.text))
        }
        if !hasSaidWhere { say("live page: \(folder.page.fileAddress)") }
        hasSaidWhere = true
        if lock == nil { lock = try job.lock() }
        let (record, status) = try job.run(isFresh: isFresh, live: folder)
        isFresh = false
        if let file = arguments.junitFile { _ = console.write(junit: JUnitReport.text([record]), to: file) }
        if status == .interrupted { return status }
      }
      say("watching \(file.path) for edits; interrupt to end")
      while file.place.file.contents == contents, data.allSatisfy({ FileIdentity($0.key.text) == $0.value }) {
        if Interruption.ofSignals.count > 0 { return .interrupted }
        usleep(UInt32(Self.interval * 1e6))
      }
    }
  }

  /// The notebook as it stands now; nil after its mistakes were reported, a cell that `--only` names and an edit took away among
  /// them.
  private func job(_ file: NotebookFile) -> RunJob? {
    guard case .plan(let plan) = plan(file, options: planOptions) else { return nil }
    do { return try RunJob(file, plan: plan, of: self) } catch {
      console.report([error])
      return nil
    }
  }

  private func say(_ text: String) {
    if !arguments.quiet { console.writeError(text + "\n") }
  }
}
