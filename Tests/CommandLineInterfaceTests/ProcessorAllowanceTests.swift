import Testing

@testable import NbrunCommandLineInterface

@Suite struct ProcessorAllowanceTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bound = "0-7"
    var groups: String
    var mounts: String
    var files: [String: String] = [:]
    var count: Int
  }

  private static let unified = "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
  private static let older =
    "31 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    + "32 25 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    + "33 25 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"

  static let machines = [
    Machine(testDescription: "no control groups", groups: "", mounts: "", count: 8),
    Machine(testDescription: "bound to one", bound: "5", groups: "0::/\n", mounts: unified, count: 1),
    Machine(testDescription: "bound to some", bound: "0-1,4,6-7", groups: "", mounts: "", count: 5),
    Machine(
      testDescription: "no quota", groups: "0::/a.slice\n", mounts: unified,
      files: ["/sys/fs/cgroup/a.slice/cpu.max": "max 100000\n"], count: 8),
    Machine(
      testDescription: "a container", groups: "0::/\n", mounts: unified,
      files: ["/sys/fs/cgroup/cpu.max": "200000 100000\n"], count: 2),
    Machine(
      testDescription: "a part of a processor", groups: "0::/\n", mounts: unified,
      files: ["/sys/fs/cgroup/cpu.max": "50000 100000\n"], count: 1),
    Machine(
      testDescription: "one and a half", groups: "0::/\n", mounts: unified,
      files: ["/sys/fs/cgroup/cpu.max": "150000 100000\n"], count: 2),
    Machine(
      testDescription: "more than it is bound to", bound: "1,6", groups: "0::/\n", mounts: unified,
      files: ["/sys/fs/cgroup/cpu.max": "400000 100000\n"], count: 2),
    Machine(
      testDescription: "a group above sets less", groups: "0::/a.slice/b.service\n", mounts: unified,
      files: [
        "/sys/fs/cgroup/a.slice/cpu.max": "300000 100000\n", "/sys/fs/cgroup/a.slice/b.service/cpu.max": "max 100000\n",
      ], count: 3),
    Machine(
      testDescription: "a part of the tree is mounted", groups: "0::/pods/x/y\n",
      mounts: "29 23 0:26 /pods/x /my\\040groups rw - cgroup2 cgroup2 rw\n",
      files: ["/my groups/y/cpu.max": "100000 50000\n"], count: 2),
    Machine(
      testDescription: "a group that is not mounted", groups: "0::/../other\n", mounts: unified,
      files: ["/sys/fs/cgroup/cpu.max": "100000 50000\n"], count: 2),
    Machine(
      testDescription: "version 1", groups: "5:memory:/d/1\n4:cpu,cpuacct:/d/1\n0::/d\n", mounts: older,
      files: [
        "/sys/fs/cgroup/cpu,cpuacct/d/1/cpu.cfs_quota_us": "250000\n",
        "/sys/fs/cgroup/cpu,cpuacct/d/1/cpu.cfs_period_us": "100000\n",
      ], count: 3),
    Machine(
      testDescription: "version 1 without a quota", groups: "4:cpu,cpuacct:/\n", mounts: older,
      files: [
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      ], count: 8),
    Machine(
      testDescription: "rubbish", groups: "::\n\n0:\nx", mounts: "a - b\n - cgroup2\n1 2 3 - cgroup2 a b\n",
      files: ["/sys/fs/cgroup/cpu.max": "0 0\n"], count: 8),
  ]

  @Test(arguments: machines)
  func countsWhatMayBeUsed(_ machine: Machine) {
    let allowance = ProcessorAllowance(all: 64) { path in
      switch path {
      case "/proc/self/status": "Name:\tnbrun\nCpus_allowed:\tff\nCpus_allowed_list:\t\(machine.bound)\nThreads:\t1\n"
      case "/proc/self/cgroup": machine.groups
      case "/proc/self/mountinfo": machine.mounts
      default: machine.files[path]
      }
    }
    #expect(allowance.count == machine.count)
  }

  @Test func withoutAnythingToReadItIsWhatTheSystemHas() {
    #expect(ProcessorAllowance(all: 64, read: { _ in nil }).count == 64)
    #expect(ProcessorAllowance(all: 64, read: { _ in "Cpus_allowed_list:\t\n" }).count == 64)
  }
}
