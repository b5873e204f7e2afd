import NbrunFilePaths
import NbrunPlatform

/// Verifies what a folder of reports holds beside the reports that were compared: the pages over all of them, and nothing else.
package enum OutputsVerification {
  /// Compares what stands in a folder of reports with what should.
  /// - Parameters:
  ///   - folder: its path as the user types it.
  ///   - outputs: what stands there.
  ///   - reports: the folders of the notebooks' reports, compared now or not.
  ///   - pages: what the pages over all notebooks should be, by name; nil where it is not known, since a report is not as it should be.
  /// - Returns: nil where nothing stands there.
  package static func verify(
    _ folder: String, outputs: CommittedOutputs, reports: Set<FilePath>, pages: [String: String]?
  ) -> VerificationReport? {
    guard !outputs.entries.isEmpty else { return nil }
    var findings: [VerificationFinding] = []
    func note(_ subject: String, _ message: String, kind: VerificationFinding.Kind = .difference) {
      findings.append(VerificationFinding(subject, message, kind: kind))
      findings[findings.count - 1].path = folder
    }
    for (name, text) in (pages ?? [:]).sorted(by: { $0.key < $1.key }) {
      if case .other(let what)? = outputs.entries[FilePath(name)] {
        note("the file \(name)", "is \(what), not a page over the notebooks")
      } else if let bytes = outputs.contents(FilePath(name)) {
        guard Data(text.utf8) != bytes else { continue }
        let there = String(decoding: bytes, as: UTF8.self)
        note(
          "the file \(name)",
          "is not what the reports' results give, from line \(Verification.firstDifference(text, there).line) on")
      } else {
        note("the file \(name)", "is missing")
      }
    }
    var ghosts: Set<FilePath> = []
    for place in outputs.strays(among: reports) where !IndexPages.fileNames.map(FilePath.init).contains(place) {
      let ghost = outputs.folders.last { place.below($0) != nil }
      if let ghost {
        guard ghosts.insert(ghost).inserted else { continue }
        note("the folder \(ghost)", "is no notebook's report: there is no notebook that would write it")
      } else {
        note("the file \(place)", "belongs to no report", kind: .incomplete)
      }
    }
    return VerificationReport(notebook: folder, cells: [], findings: findings)
  }
}
