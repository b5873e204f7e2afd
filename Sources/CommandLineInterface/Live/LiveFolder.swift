import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunReporting
import NbrunRunning
import Synchronization

/// The live page of a notebook on disk: `.nbrun/live/NAME.html` and the script that says its version. An altered run has a page of
/// its own: `.nbrun/live/ALTERATION/NAME.html`.
final class LiveFolder: Sendable {
  let page: FilePath
  /// What changes the run from what the notebook says.
  let alterations: [String]
  private let name: String
  private let folder: FilePath
  private let outputs: FilePath
  /// Versions go up from the time of day, so that a page which stayed open since an earlier run is not mistaken for this one's.
  private let version = Mutex(Int(Date().timeIntervalSince1970 * 1000))

  /// The live page of the notebook in `file`.
  init(of file: NotebookFile, alterations: [String]) {
    let root = file.folders.state.appending("live").appending(ScratchName.text(alterations) ?? "")
    let path = root.appending(file.outputName)
    self.alterations = alterations
    folder = path.parent
    name = path.name
    page = FilePath(path.text + ".html")
    outputs = file.folders.outputs
  }

  /// Replaces the page. The version is told last: an open page that hears of it finds the page already there.
  func show(_ record: RunRecord, plan: Plan, isRunning: Bool) throws {
    let notebook = plan.notebook
    let report = Report(
      record: record, notebook: notebook, plan: plan,
      place: ReportPlace(of: notebook, folder: folder, outputs: outputs), images: ReportImages(of: notebook),
      isRunning: isRunning)
    let number = version.withLock { version in
      version += 1
      return version
    }
    let text = LivePage.text(report, version: number, name: name)
    try AtomicFile.write(Data(text.utf8), to: page.text, durably: false)
    try AtomicFile.write(
      Data(LivePage.versionScript(number).utf8), to: folder.appending("\(name).version.js").text, durably: false)
  }
}
