import NbrunPlatform

/// How many processors this process may use: those that it is bound to, and no more than the quota of the control groups that it is in.
struct ProcessorAllowance {
  /// How many processors the system has.
  var all: Int
  /// The text of a file of the system; nil where there is none.
  var read: (_ path: String) -> String?

  /// What this process may use.
  static let current = ProcessorAllowance(
    all: ProcessInfo.processInfo.activeProcessorCount, read: { try? String(contentsOfFile: $0, encoding: .utf8) }
  ).count

  /// A quota of one processor and a half counts as two: threads that wait for each other share it.
  var count: Int { max(1, min(bound ?? all, quota.map { Int(min($0, 1e6).rounded(.up)) } ?? .max)) }

  /// How many processors the process is bound to: the numbers and ranges of `Cpus_allowed_list`; nil where they cannot be had.
  private var bound: Int? {
    let lines = (read("/proc/self/status") ?? "").split(separator: "\n")
    guard let list = lines.first(where: { $0.hasPrefix("Cpus_allowed_list:") })?.split(separator: ":").last else {
      return nil
    }
    let ranges = list.split(separator: ",").map { range in
      range.split(separator: "-").compactMap { Int($0.trimmed) }
    }
    let count = ranges.reduce(0) { $0 + ($1.count == 2 ? max(0, $1[1] - $1[0] + 1) : $1.count) }
    return count > 0 ? count : nil
  }

  /// The smallest quota of the process's control group and those above it, in processors; nil where none is set.
  private var quota: Double? {
    var quotas: [Double] = []
    let groups = (read("/proc/self/cgroup") ?? "").split(separator: "\n").compactMap(Membership.init)
    // Few of the mounts are of control groups, and taking each apart takes its time.
    let lines = (read("/proc/self/mountinfo") ?? "").utf8.split(separator: UInt8(ascii: "\n"))
    for mount in lines.filter({ $0.firstRange(of: "cgroup".utf8) != nil }).compactMap({ Mount(Substring($0)) }) {
      guard let group = groups.first(where: { $0.isUnified == mount.isUnified && $0.hasProcessors }) else { continue }
      for folder in mount.folders(of: group.path) {
        if let quota = quota(in: folder, isUnified: mount.isUnified) { quotas.append(quota) }
      }
    }
    return quotas.min()
  }

  /// What a group's files say: a quota, or `max`, and its period, in microseconds.
  private func quota(in folder: String, isUnified: Bool) -> Double? {
    let names = isUnified ? ["cpu.max"] : ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
    let words = names.flatMap { (read("\(folder)/\($0)") ?? "").split(whereSeparator: \.isWhitespace) }
    let numbers = words.compactMap { Double($0) }
    guard words.count == 2, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    return numbers[0] / numbers[1]
  }
}

/// A line of `/proc/self/cgroup`: the group that the process is in, of one hierarchy.
private struct Membership {
  var isUnified: Bool
  var hasProcessors: Bool
  var path: String

  init?(_ line: Substring) {
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3 else { return nil }
    isUnified = fields[0] == "0" && fields[1].isEmpty
    hasProcessors = isUnified || fields[1].split(separator: ",").contains("cpu")
    path = String(fields[2])
  }
}

/// A line of `/proc/self/mountinfo` that mounts a hierarchy of control groups with a quota of processors.
private struct Mount {
  var isUnified: Bool
  /// The group that is mounted.
  var root: String
  var folder: String

  init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    guard let dash = fields.dropFirst(6).firstIndex(of: "-") else { return nil }
    let (place, kind) = (fields[..<dash], fields[(dash + 1)...].map(\.self))
    guard kind.count > 2, kind[0] == "cgroup2" || kind[0] == "cgroup" else { return nil }
    isUnified = kind[0] == "cgroup2"
    guard isUnified || kind[2].split(separator: ",").contains("cpu") else { return nil }
    root = String(place[3])
    folder = String(place[4]).replacing("\\040", with: " ")
  }

  /// The folder of the group at `path` and those of the groups above it, as far as they are mounted.
  func folders(of path: String) -> [String] {
    var below = path.split(separator: "/")
    let above = root.split(separator: "/")
    // A group outside of what is mounted, as in a container: the one at the top is as near as one comes.
    if below.starts(with: above), !below.contains("..") { below.removeFirst(above.count) } else { below = [] }
    return (0...below.count).map { ([folder[...]] + below.prefix($0)).joined(separator: "/") }
  }
}
