import NbrunPlatform

/// What computing a cell took besides time. Only its worker can tell, so nothing is known of one that died.
package struct ResourceUse: Sendable, Equatable, Codable {
  /// The time that all its threads together computed, in seconds.
  package var cpuSeconds: Double
  /// The most memory that its process held at once meanwhile, in bytes; where the system cannot tell that, since the process began.
  package var peakBytes: Int

  /// So much processor time and memory.
  package init(cpuSeconds: Double, peakBytes: Int) { (self.cpuSeconds, self.peakBytes) = (cpuSeconds, peakBytes) }

  /// This and what an earlier part of the same cell took.
  func adding(_ earlier: ResourceUse?) -> ResourceUse {
    guard let earlier else { return self }
    return ResourceUse(cpuSeconds: cpuSeconds + earlier.cpuSeconds, peakBytes: max(peakBytes, earlier.peakBytes))
  }
}

/// Measures what this process takes from some moment on.
struct ResourceMeter {
  private let start: Double

  /// A meter that starts now.
  init() {
    #if os(Linux)
      // The highest mark of the memory falls to what is held now.
      if let file = fopen("/proc/self/clear_refs", "w") {
        fputs("5", file)
        fclose(file)
      }
    #endif
    start = Self.cpuSeconds
  }

  /// What it took so far.
  var use: ResourceUse { ResourceUse(cpuSeconds: max(0, Self.cpuSeconds - start), peakBytes: Self.peakBytes) }

  private static var usage: rusage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(RUSAGE_SELF.rawValue, &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }

  private static var cpuSeconds: Double {
    let usage = usage
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }

  private static var peakBytes: Int {
    #if os(Linux)
      if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
      {
        return kibibytes << 10
      }
      return Int(usage.ru_maxrss) << 10
    #else
      return Int(usage.ru_maxrss)
    #endif
  }
}
