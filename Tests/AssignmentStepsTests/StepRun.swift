import NbrunAssignmentSteps
import NbrunSteps
import Testing

/// A run of one registered step in this process.
struct StepRun {
  let step: ConfiguredStep
  let services: RecordingServices
  /// What later cells could take, as bytes.
  let output: [UInt8]?

  /// Configures the step `name` as a cell with these values would, checks it and runs it.
  ///
  /// - Parameter inputs: the outputs of earlier cells, by id.
  @discardableResult
  init(
    _ name: StepName, _ values: [String: String], seed: UInt32 = 231, inputs: [CellID: [UInt8]] = [:],
    services: RecordingServices = RecordingServices()
  ) throws {
    step = try #require(assignmentSteps[name]).configure(values)
    try step.validate()
    self.services = services
    let cell = Cell(id: "cell", seed: seed, threads: 2, services: services)
    output = try step.run(in: cell) { id in try #require(inputs[id]) }
  }

  subscript(key: MetricKey) -> Double { services.metrics[key]?.double ?? .nan }

  /// Requires that what was reported is what was declared: each metric once, each series, each figure.
  func expectDeclared(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(services.reportedKeys.sorted() == step.metrics.map(\.key).sorted(), sourceLocation: sourceLocation)
    #expect(services.series.keys.sorted() == step.series.map(\.key).sorted(), sourceLocation: sourceLocation)
    #expect(Set(services.figures).sorted() == step.figures.sorted(), sourceLocation: sourceLocation)
  }
}

/// The mistake that `values` are for the step `name`, found before it runs.
func mistake(_ name: StepName, _ values: [String: String]) throws -> ParameterError? {
  do {
    try #require(assignmentSteps[name]).configure(values).validate()
    return nil
  } catch let error as ParameterError {
    return error
  }
}
