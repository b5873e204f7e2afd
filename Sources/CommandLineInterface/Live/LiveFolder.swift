import Foundation
import Notebooks
import Reporting
import Running
import Steps
import Synchronization

/// The live page of a notebook on disk: `.nbrun/live/NAME.html` and the script that says its version.
final class LiveFolder: Sendable {
  /// The page's path.
  let page: String
  private let name: String
  private let folder: String
  /// Versions go up from the time of day, so that a page which stayed open since an earlier run is not mistaken for this one's.
  private let version = Mutex(Int(Date().timeIntervalSince1970 * 1000))

  init(stateFolder: String, name: String) {
    let path = "\(stateFolder)/live/\(name)"
    folder = (path as NSString).deletingLastPathComponent
    self.name = (path as NSString).lastPathComponent
    page = path + ".html"
  }

  /// Replaces the page. The version is told last: an open page that hears of it finds the page already there.
  func show(_ record: RunRecord, notebook: Notebook, plan: Plan, isRunning: Bool) throws {
    let report = Report(
      record: record, notebook: notebook, plan: plan, place: ReportPlace(notebook: notebook.path, folder: folder),
      images: ReportImages(of: notebook))
    let number = version.withLock { version in
      version += 1
      return version
    }
    let text = LivePage.text(report, version: number, name: name, isRunning: isRunning)
    try AtomicFile.write(Data(text.utf8), to: page, durably: false)
    try AtomicFile.write(Data(LivePage.versionScript(number).utf8), to: "\(folder)/\(name).version.js", durably: false)
  }
}
