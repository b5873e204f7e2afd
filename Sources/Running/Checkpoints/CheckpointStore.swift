import NbrunBinaryCoding
import NbrunDigests
import NbrunFilePaths
import NbrunPlatform

/// The newest checkpoint of one cell: the state that its step stored, and all that it had printed and reported by then.
///
/// The state is written by the worker, the manifest, which names it, by the supervisor when it has read everything that was printed
/// before. Only then does an older state go: whenever either process dies, a manifest and its state are there, or neither.
struct CheckpointStore {
  /// Where an interrupted run left off.
  struct Checkpoint {
    var state: StoredBytes
    var report: CellReport
    /// How long the cell had run, in seconds.
    var seconds: Double
  }

  private struct Manifest: Codable {
    /// A checkpoint under another name is none of this cell.
    var key: Digest
    var stateFile: String
    var report: CellReport
    var seconds: Double
    var inputDigests: [String: Digest]
  }

  /// The folder of this cell's checkpoint.
  let folder: String
  private let key: Digest
  private let inputDigests: [String: Digest]

  /// The checkpoint of the cell with the key `key`, computed from inputs with the given digests.
  init(stateFolder: String, key: Digest, inputDigests: [String: Digest]) {
    folder = "\(stateFolder)/checkpoints/\(key)"
    self.key = key
    self.inputDigests = inputDigests
  }

  private var manifestPath: String { "\(folder)/manifest" }

  /// What an interrupted run left; nil where there is nothing.
  /// - Throws: `DamagedFile` where it is not what was stored.
  func load() throws(DamagedFile) -> Checkpoint? {
    guard let section = try ChecksummedFile.open(manifestPath)?.first else { return nil }
    guard let manifest = try? BinaryDecoder.decode(Manifest.self, from: try section.load()),
      manifest.key == key, !manifest.stateFile.contains("/"), manifest.report.capture.isSound
    else { throw DamagedFile(path: manifestPath) }
    // Computed from other inputs, it is a checkpoint of something else.
    guard manifest.inputDigests == inputDigests else { return nil }
    let path = "\(folder)/\(manifest.stateFile)"
    guard let state = try ChecksummedFile.open(path)?.first else { throw DamagedFile(path: path) }
    _ = try state.load()
    return Checkpoint(state: state.bytes, report: manifest.report, seconds: manifest.seconds)
  }

  /// Makes the state in `stateFile`, which the worker has written, the newest checkpoint.
  func keep(_ stateFile: String, report: CellReport, seconds: Double) throws {
    do {
      let manifest = Manifest(
        key: key, stateFile: stateFile, report: report, seconds: seconds, inputDigests: inputDigests)
      try ChecksummedFile.write(manifest, to: manifestPath, durably: true)
    } catch {
      unlink("\(folder)/\(stateFile)")
      throw error
    }
    removeFiles { $0 != stateFile && $0 != "manifest" }
  }

  func remove() {
    // The manifest first: a state alone is nothing, a manifest alone is damage.
    unlink(manifestPath)
    removeFiles { _ in true }
    rmdir(folder)
  }

  private func removeFiles(where isObsolete: (String) -> Bool) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where isObsolete(name) {
      unlink("\(folder)/\(name)")
    }
  }

  /// Removes the checkpoints of cells that nobody went on with, all but the newest few.
  static func trim(stateFolder: String, keeping count: Int = 8) {
    let root = "\(stateFolder)/checkpoints"
    let folders = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).map { "\(root)/\($0)" }
    let byAge = folders.map { (path: $0, modified: FileIdentity($0)?.modified ?? 0) }.sorted {
      $0.modified > $1.modified
    }
    for folder in byAge.dropFirst(count) { try? FileManager.default.removeItem(atPath: folder.path) }
  }
}
