import NbrunDatasets
import NbrunDigests
import Foundation

@testable import NbrunArchives

/// A dataset in CIFAR-10's format with few records: 20 a file, 90 for training, 10 for validation, 10 for tests.
enum SmallDataset {
  static let layout = CIFAR10Layout(recordsPerFile: 20, trainingCount: 90, testCount: 10)

  /// The pixel p of the record r, counting through all files.
  static func pixel(_ p: Int, ofRecord r: Int) -> UInt8 {
    let value: Int = 37 * r + 101 * p + r * p % 251
    return UInt8(value % 256)
  }

  /// The bytes of the file at `index` in the order of the files. Record r has the label r mod 10.
  static func contents(ofFile index: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in 20 * index..<20 * (index + 1) {
      bytes.append(UInt8(record % 10))
      for place in 0..<CIFAR10Layout.pixelCount { bytes.append(pixel(place, ofRecord: record)) }
    }
    return bytes
  }

  /// All files by their names.
  static let files: [(name: String, contents: [UInt8])] = CIFAR10Layout.files.enumerated().map {
    ($1, contents(ofFile: $0))
  }

  /// Writes the files to a folder, which is created.
  static func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in files { try Data(file.contents).write(to: folder.appending(path: file.name)) }
  }

  /// A gzipped tar archive of the files, as the authors' has them, or of `files` instead.
  static func archive(_ files: [(name: String, contents: [UInt8])] = files) -> [UInt8] {
    var tar = header(CIFAR10Layout.folder + "/", type: "5", size: 0)
    for file in files {
      tar += header(CIFAR10Layout.folder + "/" + file.name, type: "0", size: file.contents.count)
      tar += file.contents + [UInt8](repeating: 0, count: (512 - file.contents.count % 512) % 512)
    }
    return gzipped(tar + [UInt8](repeating: 0, count: 1024))
  }

  private static func header(_ name: String, type: Character, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(name, at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(size, 11), at: 124)
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar\u{0}00", at: 257)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
    return block
  }

  /// Gzip data whose blocks are all stored.
  private static func gzipped(_ bytes: [UInt8]) -> [UInt8] {
    var checksum = CRC32()
    bytes.withUnsafeBytes { checksum.update(with: $0) }
    var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bytes.count, by: 65_535) {
      let piece = bytes[start..<min(start + 65_535, bytes.count)]
      let length = UInt16(piece.count)
      result.append(piece.endIndex == bytes.count ? 1 : 0)
      for number in [length, ~length] { withUnsafeBytes(of: number.littleEndian) { result.append(contentsOf: $0) } }
      result.append(contentsOf: piece)
    }
    for number in [checksum.value, UInt32(bytes.count)] {
      withUnsafeBytes(of: number.littleEndian) { result.append(contentsOf: $0) }
    }
    return result
  }
}

/// A folder that is removed with the test that made it.
final class TemporaryFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "datasets-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String = "") -> String {
    name.isEmpty ? url.path() : url.appending(path: name).path()
  }

  /// The names of everything in it.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path()).sorted()
  }
}

/// The digest of numbers' little-endian bytes.
func digest<Number>(of numbers: [Number]) -> String {
  numbers.withUnsafeBytes { "\(SHA256.digest(of: $0))" }
}
