import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunRunning

/// Writes a run's report into its folder.
///
/// Files are written whole, all or none, and only those whose contents changed; what an earlier run wrote there and this
/// one does not is removed. The results file comes last: it names the others, so a run that dies before that leaves the old
/// list.
package enum ReportWriter {
  package struct Summary: Sendable, Equatable {
    /// The files of the report, as paths below its folder, sorted.
    package var files: [String] = []
    package var results: ResultsFile
    package var changed: [String] = []
    /// Files of an earlier run that were removed.
    package var removed: [String] = []
  }

  /// Writes the report of `record` into the folder at `folder`.
  /// - Parameters:
  ///   - notebook: the notebook that ran.
  ///   - plan: its plan.
  ///   - outputs: the folder with the reports that links to other notebooks lead to; where none is given, the one around `folder`.
  ///   - formats: the forms to write.
  ///   - isStable: whether files stay as they are when nothing but volatile values changed.
  /// - Throws: one line that names the file that cannot be written, and why; the old report then stands.
  @discardableResult
  package static func write(
    record: RunRecord, notebook: Notebook, plan: Plan?, to folder: String, outputs: FilePath? = nil,
    formats: Set<ReportFormat> = Set(ReportFormat.usual), isStable: Bool = false
  ) throws(Diagnostic) -> Summary {
    let output = OutputFolder(path: folder)
    let (earlier, (fresh, place, images)) = concurrently(
      { output.contents(of: ResultsFile.name).flatMap { try? ResultsFile.read($0) } },
      { [record] in
        (
          ResultsFile(record, files: []), ReportPlace(of: notebook, folder: FilePath(folder), outputs: outputs),
          ReportImages(of: notebook)
        )
      })
    var record = record
    if isStable, let earlier, fresh.agrees(with: earlier) {
      record = record.adopting(volatileValuesOf: earlier)
    }
    let report = Report(record: record, notebook: notebook, plan: plan, place: place, images: images)
    let files = ReportFiles(report, formats: formats, cells: fresh.cells)
    var summary = Summary(files: files.bytes.keys.sorted(), results: files.results)
    let ordered = summary.files.filter { $0 != ResultsFile.name } + [ResultsFile.name]
    summary.changed = try output.update(ordered.map { ($0, files.bytes[$0] ?? Data()) })
    for name in earlier?.files ?? [] where files.bytes[name] == nil && output.remove(name) {
      summary.removed.append(name)
    }
    return summary
  }
}
