import NbrunFilePaths
import NbrunPlatform
import NbrunJSONValues

/// Whose the files in a folder of reports are, as they say themselves.
package enum ReportOwner {
  /// The notebook whose report `folder` holds, by its path below its project's root; nil where it holds none. The results are not read
  /// in full: that would take longer than all else before a run.
  package static func notebook(ofReportIn folder: FilePath) -> FilePath? {
    guard let bytes = folder.appending(ResultsFile.name).contents, let key = bytes.range(of: "\n \"notebook\": ")
    else { return nil }
    let line = bytes[key.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
    let value = try? JSONParser.parse(line.last == UInt8(ascii: ",") ? line.dropLast() : line)
    return value?.value.text.map(FilePath.init)
  }

  /// The notebook whose report, or part of a report, is at `path`; nil where nothing of the kind is.
  package static func notebook(ofReportAt path: FilePath) -> FilePath? {
    notebook(ofReportIn: path)
      ?? (ReportLayout.reportNames.contains(path.name) ? notebook(ofReportIn: path.parent) : nil)
  }

  /// The notebooks with reports in folders where the report in `folder` has files or folders of its own, as `a/figures` has for `a`.
  package static func notebooksInPlace(of folder: FilePath) -> [FilePath] {
    let folders = ReportLayout.reportNames.map(folder.appending).filter { $0.kind == .folder }
    let below = folders.flatMap(\.everythingBelow).filter { $0.kind == .folder }.map(\.path)
    return (folders + below).compactMap(notebook(ofReportIn:)).sorted()
  }

  /// Files that no run wrote and a run would write over: pages over all notebooks in `outputs` that are none, and, where the
  /// folder for a report holds none yet, whatever is in it.
  /// - Parameter name: the way from `outputs` to that folder.
  package static func foreignFiles(inPlaceOf name: FilePath, in outputs: FilePath) -> [FilePath] {
    let report = outputs.appending(name)
    // Links are not looked through here: nothing is written where there is one.
    let pages = outputs.isLink ? [] : IndexPages.fileNames.map(outputs.appending)
    var files = pages.filter { page in !page.isLink && page.contents.map { !IndexPages.isOverview($0) } ?? false }
    let earlier = ([name] + ReportLayout.ownersOfNames(in: name)).map {
      outputs.appending($0).appending(ResultsFile.name)
    }
    if !report.isLink, !earlier.contains(where: \.exists) {
      // A run that was killed may have left its files without the results, which come last.
      files += (report.entries ?? []).filter { $0.utf8.first != UInt8(ascii: ".") }.map(report.appending)
        .filter { $0.kind == .file && !$0.isLink && !isReport($0) }
    }
    return files
  }

  private static func isReport(_ file: FilePath) -> Bool {
    let format = ReportFormat.all.first { $0.fileName == file.name }
    guard let mark = format?.mark ?? (file.name == ReportCard.fileName ? "nbrun" : nil) else { return false }
    return file.contents?.range(of: mark) != nil
  }
}
