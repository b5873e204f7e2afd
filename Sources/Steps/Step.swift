/// A kind of cell: parameters with their defaults and help, and what to do with them.
///
///     struct MaxPoolForwardExample: Step {
///       static let name: StepName = "max-pool-forward-example"
///       static let summary = "Compares a max-pooling layer's output with given numbers."
///
///       @Parameter("Height and width of each pooling region.", in: 1...) var poolSize = 2
///       @Parameter("What the layer should give.") var expected: [[[[Double]]]]
///
///       var metrics: [Metric] { [.tolerance("difference", relative: 1e-6)] }
///
///       func run(in cell: Cell) throws {
///         …
///         cell.report("difference", difference, as: "difference: ")
///       }
///     }
///
/// A step's stored properties are its parameters, groups of parameters, and inputs, and nothing else. It sees them, its data
/// sources and its random stream: no hidden state, so that any cell runs alone with what it needs and can be reused while none
/// of that changed.
public protocol Step: Sendable, Decodable {
  /// What later cells can take as `@Input`: nothing, or a value that can be stored.
  associatedtype Output: Sendable = Void

  /// What cells write after `step:`.
  static var name: StepName { get }
  /// One sentence for `nbrun steps`.
  static var summary: String { get }
  /// What `nbrun steps NAME` says besides, in several lines: what there is to choose from, how a parameter is written.
  static var notes: String { get }
  /// Settings that change the metrics, for `nbrun steps NAME` to list those of each; the defaults are not among them.
  static var variants: [StepVariant] { get }
  /// The numbers that `run` reports, given the parameters: every one of them, and no other.
  var metrics: [Metric] { get }
  /// The series that `run` reports, given the parameters.
  var series: [MetricSeries] { get }
  /// The figures that `run` draws, given the parameters.
  var figures: [FigureName] { get }
  /// The data that `run` reads, given the parameters.
  var dataSources: [any DataSource] { get }
  /// What parameters that the cell leaves open come to, and which have no effect, by key, given the others: for reports. None need be
  /// said of a parameter whose value is what the step computes with.
  var effects: [String: ParameterEffect] { get }
  /// About how long `run` takes, in seconds, where that can be told from the parameters; said before a long run starts.
  var expectedSeconds: Double? { get }

  /// A step with its defaults.
  init()

  /// Refuses parameters that do not go together, before anything runs.
  /// - Throws: `ParameterError` to point at one parameter, or any error that says what is wrong.
  func validate() throws

  /// Does the work: prints, reports metrics, draws figures.
  func run(in cell: Cell) throws -> Output
}

extension Step {
  /// No notes.
  public static var notes: String { "" }
  /// Its documentation lists the metrics of its defaults alone.
  public static var variants: [StepVariant] { [] }
  /// Measures nothing.
  public var metrics: [Metric] { [] }
  /// Reports no series.
  public var series: [MetricSeries] { [] }
  /// Draws nothing.
  public var figures: [FigureName] { [] }
  /// Reads no data.
  public var dataSources: [any DataSource] { [] }
  /// Every parameter's value is what the step computes with.
  public var effects: [String: ParameterEffect] { [:] }
  /// Not known.
  public var expectedSeconds: Double? { nil }
  /// Accepts every combination of valid parameters.
  public func validate() throws {}
}

/// Settings of a step that its documentation shows.
public struct StepVariant: Sendable, Equatable {
  /// What they are called there.
  package let name: String
  /// The values that a cell would give, by key.
  package let values: [String: String]

  /// Settings called `name`.
  public init(_ name: String, _ values: [String: String]) { (self.name, self.values) = (name, values) }
}

/// What is wrong with one parameter in the light of the others; thrown by `Step.validate()`.
public struct ParameterError: Error, Sendable, Equatable {
  /// The parameter's key in the notebook.
  package let key: String
  /// One sentence without a full stop.
  package let message: String
  /// The characters of the value that it concerns; nil for the whole of it.
  package let range: Range<Int>?

  /// `message`, about the parameter `key` in kebab-case, or about some characters of its value.
  public init(_ key: String, _ message: String, at range: Range<Int>? = nil) {
    self.key = key
    self.message = message
    self.range = range
  }
}
