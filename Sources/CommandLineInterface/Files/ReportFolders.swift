import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunReporting
import NbrunRunning

/// Where a notebook's report goes: `outputs/NAME`, or, for a run that was altered or lacked data, `.nbrun/scratch/ALTERATION/NAME`,
/// so that two alterations can be compared.
struct ReportFolders {
  let invocation: Invocation
  let file: NotebookFile

  /// Whether the report of a run, altered or not, goes to the scratch folder.
  func isScratch(altered: Bool) -> Bool { altered && invocation.output == nil }

  /// Keeps other runs off the outputs while the result lives, and clears away what runs that died were writing there.
  func lock() throws(Diagnostic) -> RunLock {
    let folder = file.folders.outputs.text
    let lock = try RunLock(outputFolder: folder, stateFolder: file.folders.state.text)
    AtomicFile.removeLeftovers(below: folder)
    return lock
  }

  /// Writes the report and, where it is no altered one, the pages over all notebooks.
  /// - Returns: the folder.
  func write(_ record: RunRecord, plan: Plan) throws -> FilePath {
    var alterations = record.alterations
    if record.data.values.contains(where: \.isStandIn) { alterations.append("--stand-in") }
    if invocation.output == nil, lacksDataOfReport(record) {
      alterations.append("--without-data")
      let report = invocation.shown(file.report, in: file.folders.project)
      invocation.console.report([
        Diagnostic(.note, "\(report) is left as it is, with the results that this run had no data for")
      ])
    }
    let alteration = ScratchName.text(alterations)
    let isScratch = isScratch(altered: alteration != nil)
    let (outputs, state) = (file.folders.outputs, file.folders.state)
    let scratch = state.appending("scratch").appending(alteration ?? "")
    let folder = isScratch ? scratch.appending(file.outputName) : file.report
    // Several altered runs may go on at once; each writes its report while no other does.
    let lock = isScratch ? try RunLock(waitingFor: folder.text, stateFolder: state.text) : nil
    defer { withExtendedLifetime(lock) {} }
    let (written, others) = concurrently(
      {
        Result { () throws(Diagnostic) in
          try ReportWriter.write(
            record: record, notebook: plan.notebook, plan: plan, to: folder.text, outputs: outputs,
            formats: invocation.arguments.formats,
            isStable: !invocation.arguments.noStable)
        }
      }, { [file] in isScratch ? [:] : IndexPages.results(in: outputs, but: file.outputName) })
    let summary = try written.get()
    if !isScratch {
      // Reports in a folder of the user's own choice may be those of several projects.
      let root = invocation.output == nil ? file.folders.project.root : nil
      let known = others.merging([file.outputName: summary.results]) { $1 }
      let warnings = try IndexPages.write(in: outputs, of: root, knowing: known)
      invocation.console.report(
        warnings.map { warning in
          var warning = warning
          warning.path = warning.path.map { invocation.shown(FilePath($0), in: file.folders.project) }
          return warning
        })
    }
    return folder
  }

  /// Whether the report that stands there shows results of cells that this run had no data for: these are not lost for that.
  private func lacksDataOfReport(_ record: RunRecord) -> Bool {
    guard record.lacksData, let committed = file.report.appending(ResultsFile.name).contents,
      let results = try? ResultsFile.read(committed)
    else { return false }
    return record.cells.contains { cell in
      if case .notRun(.noData) = cell.outcome { results[cell.id]?.status == .succeeded } else { false }
    }
  }

  // MARK: What stands there

  /// Makes sure that the report takes nobody's place: neither that of another notebook's report nor of a file that no run wrote.
  func check() throws(Diagnostic) {
    let name = file.outputName
    for folder in [name] + ReportLayout.ownersOfNames(in: name) {
      let other = ReportOwner.notebook(ofReportIn: file.folders.outputs.appending(folder))
      if let other { try refuse(other, in: folder) }
    }
    for other in ReportOwner.notebooksInPlace(of: file.report) { try refuse(other, in: name) }
    for page in ReportOwner.foreignFiles(inPlaceOf: name, in: file.folders.outputs) {
      throw .error(
        "\(invocation.shown(page, in: file.folders.project)) was not written by \(invocation.program.name), which would put a file of its own there; move it, or choose another --output"
      )
    }
    try SymbolicLinks.refuse(in: file.folders.outputs.text)
    // What was computed must not be lost for want of a place, nor the time.
    try AtomicFile.probe(file.report.appending(ResultsFile.name).text)
  }

  /// Refuses to write in the place of the report of `other`, in or below `folder`, unless that notebook is this one or is gone.
  private func refuse(_ other: FilePath, in folder: FilePath) throws(Diagnostic) {
    let rival = file.place.root.appending(other)
    guard other != file.place.name, rival.kind == .file else { return }
    guard let own = ReportLayout.folder(ofNotebook: other), own == folder || own.below(folder) != nil else {
      let place = invocation.shown(file.folders.outputs.appending(folder), in: file.folders.project)
      throw .error("\(place) holds a copy of the report of \(other), which has its own elsewhere; remove that copy")
    }
    throw Self.collision(invocation.shown(rival, in: file.folders.project), file.path, in: file.outputName)
  }

  /// That two notebooks would write where only one can.
  static func collision(_ first: String, _ second: String, in folder: FilePath) -> Diagnostic {
    .error("\"\(first)\" and \"\(second)\" would both write to the folder \"\(folder)\"; rename one")
  }
}
