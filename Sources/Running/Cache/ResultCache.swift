import NbrunBinaryCoding
import NbrunDiagnostics
import NbrunDigests
import NbrunFilePaths
import NbrunPlatform

/// The results of earlier runs, by key. Safe to be used by several runs, and machines that share the folder, at once.
struct ResultCache: Sendable {
  let folder: String

  /// The cache below the state folder `.nbrun`.
  init(stateFolder: String) { folder = "\(stateFolder)/cache" }

  struct Entry: Equatable {
    var results: CellResults
    /// The digests of what the cell took from others when it ran.
    var inputDigests: [String: Digest]
    /// Where the cell's own output lies; nil where it has none.
    var output: ChecksummedFile.Section?
  }

  /// What an entry's first section holds.
  private struct Stored: Codable {
    /// An entry under another name is not what was stored there.
    var key: Digest
    var results: CellResults
    var inputDigests: [String: Digest]
    var hasOutput: Bool
  }

  private func path(_ key: Digest) -> String {
    let name = key.description
    return "\(folder)/results/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  // MARK: Using

  /// The entry with the key `key`; nil where there is none. Its output is not read, so it may turn out damaged yet.
  /// - Throws: `DamagedFile` where the entry is not what was stored; it is removed then.
  func entry(_ key: Digest) throws(DamagedFile) -> Entry? {
    let path = path(key)
    do throws(DamagedFile) {
      guard let sections = try ChecksummedFile.open(path) else { return nil }
      guard let first = sections.first, let stored = try? BinaryDecoder.decode(Stored.self, from: try first.load()),
        stored.key == key, sections.count == (stored.hasOutput ? 2 : 1)
      else { throw DamagedFile(path: path) }
      // The time of its last use is what decides which entry goes first.
      utimes(path, nil)
      var results = stored.results
      results.origin = .reused
      return Entry(results: results, inputDigests: stored.inputDigests, output: stored.hasOutput ? sections[1] : nil)
    } catch {
      unlink(path)
      throw error
    }
  }

  func remove(_ key: Digest) { unlink(path(key)) }

  /// Stores a computed cell's results.
  /// - Parameter output: the file of the cell's output, if it has one.
  func store(
    _ results: CellResults, inputDigests: [String: Digest], output: StoredBytes?, key: Digest
  ) throws(Diagnostic) {
    do {
      let stored = Stored(key: key, results: results, inputDigests: inputDigests, hasOutput: output != nil)
      let sections = [try BinaryEncoder.encode(stored)] + (try output.map { [try $0.load()] } ?? [])
      // A lost entry costs what the cell took: not worth waiting for the disk where that was nothing.
      try ChecksummedFile.write(sections, to: path(key), durably: results.seconds > 1)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw .error("the result cannot be kept: \(error)")
    }
  }

  // MARK: Keeping it small

  /// Removes entries, the longest unused first, until all together have at most `limit` bytes.
  func trim(to limit: Int) {
    var entries: [(path: String, size: Int, used: Int)] = []
    let root = "\(folder)/results"
    for group in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(group)")) ?? [] {
        let path = "\(root)/\(group)/\(name)"
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        entries.append((path, Int(status.st_size), FileIdentity(status).modified))
      }
    }
    var total = entries.reduce(0) { $0 + $1.size }
    for entry in entries.sorted(by: { $0.used < $1.used }) where total > limit {
      unlink(entry.path)
      total -= entry.size
    }
  }
}
