import Foundation

/// The programs that are built beside the test bundle.
public enum BuiltPrograms {
  /// The path of the program called `name`.
  public static func path(of name: String) -> String {
    folder.appending(path: name).path()
  }

  private static let folder: URL = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #if canImport(Darwin)
      return Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
        ?? folder
    #else
      let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      if FileManager.default.fileExists(atPath: own.appending(path: "TestWorker").path()) { return own }
      // The bundle is a library that the toolchain's own helper has loaded: its path is in the arguments.
      let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
      return URL(filePath: bundle).deletingLastPathComponent()
    #endif
  }()
}
