import Foundation

/// A file system of its own on a folder, unmounted with the test: small, or read-only. Where the system does not let this
/// process mount anything, there is none, and the test says that it is skipped.
final class SmallDisk {
  let path: String

  /// An empty disk of so many bytes on the folder at `path`, which is created; nil where it cannot be had.
  init?(on path: String, bytes: Int) {
    self.path = path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard Self.mount(["-t", "tmpfs", "-o", "size=\(bytes)", "none", path]) else { return nil }
  }

  /// The folder at `path` as it is, but nothing can be written there; nil where that cannot be had.
  init?(readOnly path: String) {
    self.path = path
    guard Self.mount(["--bind", path, path]) else { return nil }
    guard Self.mount(["-o", "remount,ro,bind", path]) else {
      unmount()
      return nil
    }
  }

  deinit {
    unmount()
  }

  /// Takes all the room that is left but for `rest` bytes, until `free`.
  func fill(leaving rest: Int = 0) {
    let file = "\(path)/.filler"
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    let block = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, block, block.count) == block.count {}
    let size = lseek(descriptor, 0, SEEK_END)
    ftruncate(descriptor, max(0, size - off_t(rest)))
    close(descriptor)
  }

  /// Gives the room back.
  func free() {
    unlink("\(path)/.filler")
  }

  private func unmount() {
    _ = Self.run("/bin/umount", [path])
  }

  private static func mount(_ arguments: [String]) -> Bool {
    #if os(Linux)
      let isMounted = geteuid() == 0 && run("/bin/mount", arguments)
    #else
      let isMounted = false
    #endif
    if !isMounted {
      print("skipped: this process cannot mount a file system (mount \(arguments.joined(separator: " ")))")
    }
    return isMounted
  }

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
