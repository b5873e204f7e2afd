import NbrunJSONValues

/// A step with the values that a cell gives it, its type erased.
package struct ConfiguredStep: Sendable {
  /// The values of its parameters in canonical form, defaults included: equal settings have equal values here.
  package let parameters: [String: JSONValue]
  /// The files that it reads, by the names that its parameters give them.
  package let files: [String: FoundFile]
  /// The cells that it takes inputs from, by key.
  package let inputs: [String: CellID]

  /// Not asked for before it is needed: parameters that do not go together have no answer.
  private let declarations: Once<Declared>
  private let check: @Sendable () throws -> Void
  private let execute: @Sendable (Cell, (CellID) throws -> [UInt8]) throws -> [UInt8]?

  private struct Declared: Sendable {
    let metrics: [Metric]
    let series: [MetricSeries]
    let figures: [FigureName]
    let dataSources: [any DataSource]
    let effects: [String: ParameterEffect]
    let expectedSeconds: Double?
  }

  init<S: Step>(
    _ type: S.Type, entries: [RegisteredStep.Entry], values: [String: String], find: FileFinder?,
    run: @escaping @Sendable (S, Cell) throws -> [UInt8]?
  ) throws {
    var wrappers: [String: any DeclaredEntry] = [:]
    var parameters: [String: JSONValue] = [:]
    var inputs: [String: CellID] = [:]
    var files: [String: FoundFile] = [:]
    for entry in entries {
      var wrapper = entry.wrapper
      if let text = values[entry.key] { wrapper = try wrapper.reading(text) }
      if let find {
        do {
          wrapper = try wrapper.locating { name, kind throws(ValueError) in
            let file = try find(name, kind)
            files[name] = file
            return file
          }
        } catch { throw ParameterError(entry.key, error.message) }
      }
      wrappers[entry.property] = wrapper
      switch entry.declaration {
      case .parameter: parameters[entry.key] = wrapper.canonical
      case .input: inputs[entry.key] = wrapper.canonical?.text.flatMap(CellID.init)
      }
    }
    self.parameters = parameters
    self.inputs = inputs
    self.files = files
    let prepared = wrappers
    let step = try StepDecoder.make(S.self, from: prepared)
    self.declarations = Once {
      Declared(
        metrics: step.metrics, series: step.series, figures: step.figures, dataSources: step.dataSources,
        effects: step.effects, expectedSeconds: step.expectedSeconds)
    }
    check = { try step.validate() }
    execute = { cell, load in
      try run(StepDecoder.make(S.self, from: prepared.mapValues { try $0.resolving(load) }), cell)
    }
  }

  private var declared: Declared { declarations.value }
  /// The numbers that it will report. Ask only after `validate()` accepted the parameters.
  package var metrics: [Metric] { declared.metrics }
  /// The series that it will report.
  package var series: [MetricSeries] { declared.series }
  /// The figures that it will draw.
  package var figures: [FigureName] { declared.figures }
  /// The data that it will read.
  package var dataSources: [any DataSource] { declared.dataSources }
  /// What it computes with: its parameters in canonical form, those that a cell leaves open as what they come to, without those that
  /// have no effect. One that the cell gives is always among them. Ask only after `validate()` accepted the parameters.
  package func effectiveParameters(given: Set<String>) -> [String: JSONValue] {
    var values = parameters
    for (key, effect) in declared.effects where !given.contains(key) {
      switch effect {
      case .canonical(let value): values[key] = value
      case .unused: values[key] = nil
      }
    }
    return values
  }
  /// About how long it will take, in seconds.
  package var expectedSeconds: Double? { declared.expectedSeconds }
  /// Whether the parameters go together.
  /// - Throws: `ParameterError`, or whatever else the step throws.
  package func validate() throws { try check() }

  /// Runs the step.
  /// - Parameters:
  ///   - cell: what the step reports to.
  ///   - load: the stored output of an earlier cell, as bytes.
  /// - Returns: the step's own output as bytes, nil where it has none.
  package func run(in cell: Cell, loading load: (CellID) throws -> [UInt8]) throws -> [UInt8]? {
    try execute(cell, load)
  }
}
