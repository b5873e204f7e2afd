import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunRunning
import NbrunSteps

extension Options {
  var from: Option<String?> {
    .text("--from", "PATH", "Copy the data from this folder or archive.", completion: .files)
  }
}

extension Command {
  static let data = Command(
    name: "data", summary: "Finds, fetches and verifies a data source and says where it is.", arguments: "[NAME]",
    argumentCount: 0...1, options: { [$0.from, $0.data] },
    examples: [
      ("data", "All sources and where they are."),
      ("data cifar-10", "Find it, or fetch it from its authors."),
      ("data cifar-10 --from Downloads/cifar-10-binary.tar.gz", "Take what was fetched another way."),
    ]
  ) { try $0.data() }
}

extension Invocation {
  /// `nbrun data`: finds, fetches and verifies data, and says where it is.
  func data() throws -> ExitStatus {
    let search = dataSearch
    let sources = program.dataSources
    let path = arguments.from
    if let path, FilePath(path).kind == nil { throw Diagnostic.error("--from: there is no file or folder \"\(path)\"") }
    guard let name = arguments.positionals.first ?? (path != nil && sources.count == 1 ? sources[0].name.text : nil)
    else {
      if path != nil {
        throw Diagnostic.error("--from: say which data it is: \(program.name) data NAME --from PATH")
      }
      return sources.map { show($0, search) }.max() ?? .success
    }
    guard let source = sources.first(where: { $0.name.text == name }) else {
      throw Diagnostic.error(
        "there is no data source \"\(name)\"\(NearNames.advice(for: name, among: sources.map(\.name.text)))")
    }
    // Who asks for one source by name wants it verified, not remembered.
    var thorough = search
    thorough.readsAnew = true
    return obtain(source, thorough, from: path)
  }

  private func show(_ source: any DataSource, _ search: DataSearch) -> ExitStatus {
    console.write("\(source.name): \(source.summary)\n")
    do {
      if let location = try source.locate(search) {
        describe(location)
      } else {
        console.write("  not on this machine; fetch it with: \(program.name) data \(source.name)\n")
      }
      return .success
    } catch { return failed(error) }
  }

  private func failed(_ error: any Error) -> ExitStatus {
    console.report([error as? Diagnostic ?? .error("\(error)")])
    return .noData
  }

  /// Finds, fetches or, where `path` is given, copies the data.
  private func obtain(_ source: any DataSource, _ search: DataSearch, from path: String?) -> ExitStatus {
    do {
      if path == nil, let location = try source.locate(search) {
        describe(location)
        return .success
      }
      let bar = FetchBar(console: console, name: source.name)
      let obtained = InterruptibleWork.run(until: .ofSignals, progress: bar.show) { progress in
        if let path {
          try source.takeCopy(of: path, search, progress: progress)
        } else {
          try source.fetch(search, progress: progress)
        }
      }
      bar.end()
      guard let location = try obtained?.get() else {
        console.writeError("stopped; the same command goes on from what is here\n")
        return .interrupted
      }
      describe(location)
      return .success
    } catch { return failed(error) }
  }

  private func describe(_ location: DataLocation) {
    console.write("  \(location.folder)\n")
    console.write(
      location.isOriginal
        ? "  the authors' files, verified\n"
        : "  well-formed, but not the authors' files; reports name them by digest\n")
    for (file, digest) in location.digests.sorted(by: { $0.key < $1.key }) { console.write("  \(digest)  \(file)\n") }
  }
}
