import Foundation
import PackagePlugin

/// Puts a digest of the sources that compute into the target that it is applied to, as `let sourceDigest: String`, and what the
/// compiler says of its version, as `let compilerVersion: String`.
///
/// The sources are those of the target itself and of every target it depends on, directly or through others, except the ones
/// in `presentation`, which shape how results look and never what they are. The cache of results is keyed by both, so editing a
/// layer or updating the compiler recomputes what used it while editing a report writer recomputes nothing.
@main
struct CodeIdentityPlugin: BuildToolPlugin {
  /// Targets whose sources cannot change a computed value.
  private static let presentation: Set<String> = [
    "NbrunDiagnostics", "NbrunFilePaths", "NbrunMarkup", "NbrunPlotting", "NbrunJSONValues",
  ]

  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let computing = ([target] + target.recursiveTargetDependencies)
      .compactMap { $0 as? SwiftSourceModuleTarget }
      .filter { !Self.presentation.contains($0.name) }
      .sorted { $0.name < $1.name }
    let sources = computing.flatMap { module in
      module.sourceFiles(withSuffix: ".swift").map { (module: module.name, url: $0.url) }
    }
    let compiler = try context.tool(named: "swiftc").url
    let output = context.pluginWorkDirectoryURL.appending(path: "SourceDigest.swift")
    return [
      .buildCommand(
        displayName: "Identifying the sources and the compiler of \(target.name)",
        executable: try context.tool(named: "NbrunCodeIdentityTool").url,
        arguments: [output.path(percentEncoded: false), compiler.path(percentEncoded: false)]
          + sources.flatMap { [$0.module, $0.url.path(percentEncoded: false)] },
        // The compiler is one of them: where another takes its place, its version is asked for anew.
        inputFiles: [compiler] + sources.map(\.url),
        outputFiles: [output])
    ]
  }
}
