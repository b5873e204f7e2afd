import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunReporting

/// Reads notebooks from disk, with the surroundings that their parser asks about.
struct NotebookLoader: Sendable {
  /// The folder that holds the program's own sources, for listings; nil where they are not on this machine.
  var sourceRoot: String?

  /// The largest notebook that is read, in bytes.
  static let largestNotebook = 256 << 20

  func load(_ file: NotebookFile) throws(Diagnostic) -> Notebook {
    let bytes: Data
    do throws(FileProblem) {
      let limit = Self.largestNotebook
      bytes =
        file.isStandardInput ? try FilePath.standardInput(upTo: limit) : try file.place.file.read(upTo: limit)
    } catch .tooLarge {
      throw .error("a notebook has \(Self.largestNotebook >> 20) MiB at most; this file is larger", path: file.path)
    } catch { throw .error("the file cannot be read: \(error)", path: file.path) }
    return NotebookParser.parse(bytes, path: file.path, place: file.place, context: context(of: file.place))
  }

  private func context(of notebook: NotebookPlace) -> NotebookContext {
    let folder = notebook.file.parent
    let root = sourceRoot
    return NotebookContext(
      hasFile: { relative in folder.appending(relative).kind != nil },
      imageFault: { relative in ReportImages.fault(of: relative, below: folder) },
      text: { relative in (try? folder.appending(relative).read(upTo: Self.largestNotebook)).map { Array($0) } },
      programSource: { relative in
        guard let root, relative.hasSuffix(".swift") else { return nil }
        return FilePath(root).appending(relative).contents.flatMap { String(data: $0, encoding: .utf8) }
      },
      isInProject: { relative in
        guard let root, let source = FilePath(root).appending(relative).contents else { return false }
        return notebook.root.appending(relative).contents == source
      },
      programSources: {
        let paths = root.flatMap { try? FileManager.default.subpathsOfDirectory(atPath: $0 + "/Sources") } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.map { "Sources/\($0)" }.sorted()
      })
  }

  /// Warnings about links of a folder's index that lead nowhere, and its text; none where there is no such file.
  func brokenLinks(ofIndex file: NotebookFile) -> (warnings: [Diagnostic], text: String) {
    guard let bytes = try? file.place.file.read(upTo: Self.largestNotebook) else { return ([], "") }
    let warnings = FolderIndex(bytes).brokenLinks(among: context(of: file.place)).map { $0.inFile(file.path) }
    return (warnings, String(decoding: bytes, as: UTF8.self))
  }

  /// Warnings about listed sources that were changed after the program was built: what is shown may not be what ran.
  func staleListings(in notebook: Notebook, executable: String) -> [Diagnostic] {
    guard let root = sourceRoot, let built = modificationDate(of: executable) else { return [] }
    return notebook.cells.compactMap { cell in
      guard case .listing(let place) = cell.kind, let listing = cell.listing,
        let changed = modificationDate(of: "\(root)/\(listing.path)"), changed > built
      else { return nil }
      return .warning(
        "\(listing.path) was changed after the program was built; build again so that the report shows the code that ran",
        path: notebook.path, at: place.range)
    }
  }

  private func modificationDate(of path: String) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }
}
