import Diagnostics
import Foundation
import Steps

/// `nbrun data`: finds, fetches and verifies data, and says where it is.
struct DataCommand {
  let context: RunContext
  let console: Console

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    var search = context.dataSearch
    if let path = arguments.value("--from") {
      guard FileManager.default.fileExists(atPath: path) else {
        throw Diagnostic.error("--from: there is no file or folder \"\(path)\"")
      }
      search.folders = [path]
    }
    let sources = context.program.dataSources
    guard let name = arguments.positionals.first else {
      for source in sources { show(source, search) }
      return .success
    }
    guard let source = sources.first(where: { $0.name.text == name }) else {
      throw Diagnostic.error(
        "there is no data source \"\(name)\"\(NearNames.advice(for: name, among: sources.map(\.name.text)))")
    }
    return obtain(source, search)
  }

  private func show(_ source: any DataSource, _ search: DataSearch) {
    console.write("\(source.name): \(source.summary)\n")
    do {
      if let location = try source.locate(search) {
        describe(location)
      } else {
        console.write("  not on this machine; fetch it with: nbrun data \(source.name)\n")
      }
    } catch {
      console.write("  \(error)\n")
    }
  }

  private func obtain(_ source: any DataSource, _ search: DataSearch) -> ExitStatus {
    do {
      if let location = try source.locate(search) {
        describe(location)
        return .success
      }
      let bar = FetchBar(console: console, name: source.name)
      let location = try source.fetch(search) { done, total in bar.show(done, total) }
      bar.end()
      describe(location)
      return .success
    } catch let diagnostic as Diagnostic {
      console.report([diagnostic])
    } catch {
      console.report([.error("\(error)")])
    }
    return .noData
  }

  private func describe(_ location: DataLocation) {
    console.write("  \(location.folder)\n")
    console.write(
      location.isOriginal
        ? "  the authors' files, verified\n"
        : "  well-formed, but not the authors' files; reports name them by digest\n")
    for (file, digest) in location.digests.sorted(by: { $0.key < $1.key }) {
      console.write("  \(digest)  \(file)\n")
    }
  }
}
