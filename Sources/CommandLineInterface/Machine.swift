import NbrunDiagnostics
import NbrunPlatform

/// The machine, in a few words for reports.
enum Machine {
  /// The processor's name and how many cores may be used: `AMD EPYC, 2 cores`.
  static var description: String { "\(processor ?? architecture), \(counted(ProcessorAllowance.current, "core"))" }

  static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown processor"
    #endif
  }

  private static var processor: String? {
    #if os(Linux)
      guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
      for line in text.split(separator: "\n") where line.hasPrefix("model name") {
        return line.split(separator: ":").dropFirst().first.map(\.trimmed)
      }
      return nil
    #else
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 1 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #endif
  }
}
