/// Where a report stands in relation to its notebook, so that links between them can be written. Paths are compared as text;
/// the file system is not asked.
public struct ReportPlace: Sendable, Equatable {
  /// The path of the notebook's file.
  public var notebook: String
  /// The path of the folder that holds the report, relative to the same place as `notebook`, or both absolute.
  public var folder: String

  /// A report in `folder` of the notebook at `notebook`.
  public init(notebook: String, folder: String) {
    self.notebook = notebook
    self.folder = folder
  }

  /// The name of a notebook's folder of reports: its path below its `notebooks/` ancestor without `.md`; the file's own name where
  /// it has no such ancestor.
  public static func outputName(ofNotebook path: String) -> String {
    let parts = normalized(path)
    let file = parts.last ?? path
    let stem = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
    guard let root = parts.dropLast().lastIndex(of: "notebooks") else { return stem }
    return (parts[(root + 1)...].dropLast() + [stem]).joined(separator: "/")
  }

  /// A link's destination as the report has to write it; nil for one that a report must not have, such as `javascript:`.
  /// - Parameters:
  ///   - destination: what the notebook writes: an address, an anchor, or a path relative to the notebook.
  ///   - file: the report's own file name, which another notebook's report of the same kind has too.
  func destination(_ destination: String, reportFile file: String) -> String? {
    if let scheme = Self.scheme(of: destination) { return Self.schemes.contains(scheme) ? destination : nil }
    guard !destination.isEmpty, !destination.hasPrefix("#"), !destination.hasPrefix("/") else { return destination }
    let end = destination.firstIndex { $0 == "#" || $0 == "?" } ?? destination.endIndex
    let path = destination[..<end]
    guard !path.isEmpty else { return destination }
    let notebookFolder = Self.normalized(notebook).dropLast()
    let target = Self.normalized(notebookFolder.joined(separator: "/") + "/" + path)
    if path.hasSuffix(".md"), let other = reportFolder(ofNotebook: target) {
      return Self.relative(other + [file], from: Self.normalized(folder)) + destination[end...]
    }
    return Self.relative(target, from: Self.normalized(folder)) + destination[end...]
  }

  /// The path of a file beside the notebook, relative to the report's folder.
  func path(besideNotebook relative: String) -> String {
    let target = Self.normalized(Self.normalized(notebook).dropLast().joined(separator: "/") + "/" + relative)
    return Self.relative(target, from: Self.normalized(folder))
  }

  /// The folder of another notebook's report: as far from that notebook's name as this report's folder is from this one's; nil
  /// for a file that is not among the same notebooks.
  private func reportFolder(ofNotebook target: [String]) -> [String]? {
    let own = Self.outputName(ofNotebook: notebook).split(separator: "/").map(String.init)
    let folder = Self.normalized(folder)
    guard folder.suffix(own.count).elementsEqual(own) else { return nil }
    let notebooks = Self.normalized(notebook).dropLast(own.count)
    guard target.starts(with: notebooks), target.count > notebooks.count else { return nil }
    var name = Array(target.dropFirst(notebooks.count))
    name[name.count - 1] = String(name[name.count - 1].dropLast(3))
    return folder.dropLast(own.count) + name
  }

  /// The schemes that a link of a report may have.
  private static let schemes: Set<String> = ["http", "https", "mailto"]

  /// What stands before a destination's first colon, in small letters; nil where that is part of a path.
  private static func scheme(of destination: String) -> String? {
    guard let colon = destination.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = destination[..<colon]
    return scheme.contains { $0 == "/" || $0 == "?" || $0 == "#" } ? nil : scheme.lowercased()
  }

  /// The parts of a path with `.` and, where it can be, `..` resolved.
  static func normalized(_ path: String) -> [String] {
    var parts: [String] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return parts
  }

  /// The way from one folder to a file.
  static func relative(_ target: [String], from folder: [String]) -> String {
    var common = 0
    while common < folder.count, common < target.count - 1, folder[common] == target[common] { common += 1 }
    return (Array(repeating: "..", count: folder.count - common) + target[common...]).joined(separator: "/")
  }
}
