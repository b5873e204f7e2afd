import NbrunPlatform

/// What tells whether a file is still the one that was seen before, without reading it.
package struct FileIdentity: Sendable, Equatable, Codable {
  /// In bytes.
  package let size: Int
  /// The time at which its contents last changed, in nanoseconds; anybody can set it to another.
  package let modified: Int
  /// The time at which its contents, name or rights last changed, in nanoseconds; nobody can set it.
  package let changed: Int
  /// Which file it is, and on which device.
  package let inode: UInt64
  package let device: UInt64

  /// Of the file that `status` is of.
  package init(_ status: stat) {
    size = Int(status.st_size)
    #if canImport(Darwin)
      (modified, changed) = (Self.nanoseconds(status.st_mtimespec), Self.nanoseconds(status.st_ctimespec))
    #else
      (modified, changed) = (Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
    #endif
    inode = UInt64(status.st_ino)
    device = UInt64(truncatingIfNeeded: status.st_dev)
  }

  private static func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec) }

  /// The identity of the file at `path`; nil where there is none.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
