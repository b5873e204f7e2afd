import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunRunning
import NbrunSteps

extension Command {
  static let check = Command(
    name: "check", summary: "Checks notebooks as far as that goes without running them.", arguments: "NOTEBOOK…",
    argumentCount: 1...Int.max, completion: .notebooks, options: { [$0.quiet] },
    examples: [
      ("check notebooks", "Say everything that is wrong, as file:line:column."),
      ("check - < notebooks/cnn.md", "Check what standard input holds."),
    ]
  ) { try $0.check() }
}

extension Invocation {
  /// `nbrun check`: everything that can be proved without running; runs nothing, writes nothing.
  func check() throws -> ExitStatus {
    let words = arguments.positionals
    var files = words.allSatisfy { $0 == "-" } ? [] : try notebooks(words.filter { $0 != "-" })
    if words.contains("-") { files.append(.standardInput(currentFolder: currentFolder, cache: cache)) }
    let (plans, areAllValid) = plans(of: files, options: PlanOptions())
    if !arguments.quiet {
      for (file, plan) in plans {
        let claims = plan.cells.reduce(0) { $0 + $1.claims.count }
        let counts = "\(counted(plan.cells.count, "cell")) and \(counted(claims, "claim"))"
        console.write("\(file.path): \(counts) are in order\n")
      }
    }
    return areAllValid ? .success : .invalid
  }
}

/// Loads and plans notebooks, saying what is wrong with them: what `run`, `check`, `verify` and `why` begin with.
extension Invocation {
  private var loader: NotebookLoader { NotebookLoader(sourceRoot: program.sourceRoot) }

  /// The plans of the notebooks in `files`, and whether that is all of them: the mistakes of the others were reported. Files that were
  /// found in a folder and have no cells are no notebooks, which is said.
  func plans(
    of files: [NotebookFile], options: PlanOptions
  ) -> (plans: [(file: NotebookFile, plan: Plan)], areAllValid: Bool) {
    var plans: [(NotebookFile, Plan)] = []
    var skipped: [NotebookFile] = []
    var areAllValid = true
    for file in files {
      switch plan(file, options: options) {
      case .plan(let plan): plans.append((file, plan))
      case .invalid: areAllValid = false
      case .noNotebook: skipped.append(file)
      }
    }
    // A folder's index is told of its links, be it among the files or not; one with cells was, as a notebook.
    var told = Set(files.map(\.place)).subtracting(skipped.map(\.place))
    for index in files.compactMap(\.folderIndex) where told.insert(index.place).inserted {
      let (warnings, text) = loader.brokenLinks(ofIndex: index)
      if !warnings.isEmpty { console.report(warnings) { $0 == index.path ? text : nil } }
    }
    let others = skipped.map(\.path).filter { FilePath($0).name != FolderIndex.fileName }
    if !others.isEmpty {
      let shown = others.prefix(5).joined(separator: ", ")
      let more = others.count > 5 ? " and \(counted(others.count - 5, "other"))" : ""
      console.report([Diagnostic(.note, "skipped, having no cells: \(shown)\(more)")])
    }
    if !skipped.isEmpty, plans.isEmpty, areAllValid {
      console.report([.error("there is no notebook with a cell; name one itself to run it without")])
      areAllValid = false
    }
    return (plans, areAllValid)
  }

  enum Planning {
    case plan(Plan)
    /// Its mistakes were reported.
    case invalid
    /// It was found in a folder, and has no cells.
    case noNotebook
  }

  func plan(_ file: NotebookFile, options: PlanOptions) -> Planning {
    do {
      let notebook = try loader.load(file)
      // What cannot be read may be one.
      guard file.isNamed || notebook.namesCells || notebook.isUnreadable else { return .noNotebook }
      let printed: @Sendable (String) -> String? = { $0 == notebook.path ? notebook.text : nil }
      do {
        let plan = try Planner(steps: program.steps).plan(
          notebook, options: options, finding: notebook.place.fileFinder)
        let warnings = plan.warnings + loader.staleListings(in: notebook, executable: executable)
        if !warnings.isEmpty { console.report(warnings, source: printed) }
        return .plan(plan)
      } catch { console.report(error.all, source: printed) }
    } catch { console.report([error]) }
    return .invalid
  }
}
