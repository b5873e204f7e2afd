import Foundation

/// Where data are looked for, in order: the folder of `--data`, that of `$NBRUN_DATA`, the user's cache folder.
public struct DataLocations: Sendable, Equatable {
  /// One place to look at.
  public struct Place: Sendable, Equatable {
    /// The folder's path.
    public var path: String
    /// Who named it: `--data`, `NBRUN_DATA`, or nil for the cache folder.
    public var origin: String?

    /// The folder at `path`, named by `origin`.
    public init(path: String, origin: String?) {
      self.path = path
      self.origin = origin
    }
  }

  /// The places, in the order that they are looked at.
  public var places: [Place]
  /// The folder that fetched data and remembered digests go to. It need not exist yet.
  public var cacheFolder: String

  /// The places that a command line and an environment name.
  /// - Parameters:
  ///   - option: the value of `--data`, if given.
  ///   - environment: the environment variables, of which `NBRUN_DATA`, `XDG_CACHE_HOME` and `HOME` matter.
  public init(option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) {
    cacheFolder = Self.cacheFolder(environment: environment)
    places = []
    if let option { places.append(Place(path: option, origin: "--data")) }
    if let variable = environment["NBRUN_DATA"], !variable.isEmpty {
      places.append(Place(path: variable, origin: "NBRUN_DATA"))
    }
    places.append(Place(path: cacheFolder, origin: nil))
  }

  /// This program's folder among the user's caches, as the XDG Base Directory Specification says: `$XDG_CACHE_HOME/nbrun`, or
  /// `~/.cache/nbrun`.
  public static func cacheFolder(environment: [String: String]) -> String {
    if let caches = environment["XDG_CACHE_HOME"], caches.hasPrefix("/") { return caches + "/nbrun" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.cache/nbrun"
  }
}
