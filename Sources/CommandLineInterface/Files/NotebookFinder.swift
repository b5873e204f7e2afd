import Diagnostics
import Foundation
import Reporting

/// A notebook's file and what its reports are called.
struct NotebookFile: Sendable, Equatable {
  /// The path as the user would type it.
  var path: String
  /// The name of its folder below `outputs/`: the path below its `notebooks/` ancestor without `.md`.
  var outputName: String
}

/// Finds the notebooks that the command line names.
struct NotebookFinder {
  /// The notebook files among `arguments`, which are files or folders.
  /// - Throws: what is missing, what is no notebook, which two would share a folder of reports.
  static func find(_ arguments: [String]) throws(DiagnosticList) -> [NotebookFile] {
    var files: [NotebookFile] = []
    var errors: [Diagnostic] = []
    for argument in arguments {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        errors.append(.error(missing(argument)))
        continue
      }
      if isFolder.boolValue {
        let found = notebooks(in: argument)
        if found.isEmpty { errors.append(.error("there is no notebook (*.md) below the folder \"\(argument)\"")) }
        files += found.map { NotebookFile(path: $0, outputName: ReportPlace.outputName(ofNotebook: standardized($0))) }
      } else if argument.hasSuffix(".md") {
        files.append(
          NotebookFile(path: argument, outputName: ReportPlace.outputName(ofNotebook: standardized(argument))))
      } else {
        errors.append(.error("\"\(argument)\" is no notebook: a notebook is a Markdown file, *.md"))
      }
    }
    var owners: [String: String] = [:]
    var unique: [NotebookFile] = []
    for file in files {
      if let owner = owners[file.outputName] {
        if standardized(owner) == standardized(file.path) { continue }
        errors.append(
          .error("\"\(owner)\" and \"\(file.path)\" would both write to the folder \"\(file.outputName)\"; rename one"))
      } else {
        owners[file.outputName] = file.path
        unique.append(file)
      }
    }
    guard errors.isEmpty else { throw DiagnosticList(errors) }
    return unique
  }

  private static func missing(_ argument: String) -> String {
    var message = "there is no file or folder \"\(argument)\""
    if !argument.contains("/"), let near = NearNames.nearest(to: argument, among: CommandTable.all.map(\.name)) {
      message += "; did you mean the command \"\(near)\"?"
    } else {
      let folder = (argument as NSString).deletingLastPathComponent
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
      let name = (argument as NSString).lastPathComponent
      if let near = NearNames.nearest(to: name, among: entries.sorted().filter { $0.hasSuffix(".md") }) {
        message += "; did you mean \"\((folder as NSString).appendingPathComponent(near))\"?"
      }
    }
    return message
  }

  /// The Markdown files below `folder`, sorted; hidden ones and hidden folders left out.
  private static func notebooks(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    var found: [String] = []
    while let path = walk.nextObject() as? String {
      let name = (path as NSString).lastPathComponent
      if name.hasPrefix(".") {
        walk.skipDescendants()
      } else if name.hasSuffix(".md") {
        found.append((folder as NSString).appendingPathComponent(path))
      }
    }
    return found.sorted()
  }

  private static func standardized(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path(percentEncoded: false)
  }
}
