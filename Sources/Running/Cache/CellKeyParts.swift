import NbrunBinaryCoding
import NbrunDigests
import NbrunJSONValues
import NbrunSteps

/// All that a cell's result depends on, part by part. Two cells with equal parts have equal results, whatever they are called
/// and whatever is said of them.
struct CellKeyParts: Sendable, Equatable, Codable {
  /// The form in which results are stored.
  var format = Int(ChecksummedFile.version)
  var step: StepName
  /// Every parameter's value, defaults included, as canonical JSON.
  var parameters: [String: String]
  var seed: UInt32
  /// The key of the cell that each input comes from.
  var inputs: [String: Digest]
  /// The digest of each file of each data source.
  var data: [String: [String: Digest]]
  var numerics: String
  var compiler: String
  /// The digest of the sources, or of the program, that compute.
  var code: String

  init(
    of cell: PlannedCell, inputs: [String: Digest], data: [DataSourceName: DataLocation],
    environment: RunnerEnvironment, code: String
  ) {
    step = cell.step.name
    parameters = cell.configured.parameters.mapValues { JSONWriter.string($0) }
    seed = cell.seed
    self.inputs = inputs
    self.data = Dictionary(firstOf: data.map { ($0.key.text, $0.value.digests) })
    numerics = environment.numerics
    compiler = environment.description.toolchain
    self.code = code
  }

  /// The key: one digest of all parts.
  var key: Digest {
    get throws { SHA256.digest(of: try BinaryEncoder.encode(self)) }
  }
}
