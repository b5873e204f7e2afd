import NbrunArchives
import NbrunDigests
import Foundation
import Testing

/// One entry of `Fixtures/gzip.json`.
struct GzipCase: Decodable, CustomTestStringConvertible {
  var name: String
  var archive: Data
  var length: Int
  var digest: String

  var testDescription: String { name }

  static func all() throws -> [GzipCase] { try decoded("gzip.json") }
}

/// One entry of `Fixtures/tar.json`: a gzipped tar archive, and the entries or the error that it must give.
struct TarCase: Decodable, CustomTestStringConvertible {
  struct Entry: Decodable, Equatable {
    var path: String
    /// The contents' digest; nil for a folder.
    var digest: String?
  }

  var name: String
  var archive: Data
  var entries: [Entry]
  var error: String?

  var testDescription: String { name }

  static func all() throws -> [TarCase] { try decoded("tar.json") }
}

private func decoded<Value: Decodable>(_ name: String) throws -> Value {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
}

/// Everything that a gzip file holds.
func decompressed(_ archive: some Sequence<UInt8>, limit: Int = 1 << 24) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try Gzip.decompress(.bytes(Array(archive)), limit: limit) { bytes.append(contentsOf: $0) }
  return bytes
}

/// A visitor that keeps what it is told.
struct Collector: TarVisitor {
  var entries: [TarCase.Entry] = []
  private var contents: [UInt8] = []
  private var current: TarEntry?

  mutating func begin(_ entry: TarEntry) {
    (current, contents) = (entry, [])
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    contents.append(contentsOf: bytes)
  }

  mutating func end() {
    guard let current else { return }
    let digest = current.kind == .file ? "\(SHA256.digest(of: contents))" : nil
    entries.append(TarCase.Entry(path: current.path, digest: digest))
  }
}

/// The entries of a tar archive that arrives in pieces of `pieceSize` bytes.
func entries(ofTar bytes: [UInt8], pieceSize: Int, byteLimit: Int = 1 << 20, entryLimit: Int = 100) throws
  -> [TarCase.Entry]
{
  var reader = TarReader(byteLimit: byteLimit, entryLimit: entryLimit)
  var collector = Collector()
  for start in stride(from: 0, to: bytes.count, by: pieceSize) {
    try bytes[start..<min(start + pieceSize, bytes.count)].withUnsafeBytes { try reader.read($0, &collector) }
  }
  try reader.finish()
  return collector.entries
}
