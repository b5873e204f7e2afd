/// Parameters that several steps share, declared once, in a struct of their own.
///
///     struct NetworkParameters: ParameterGroup {
///       @Parameter("How many filters.", in: 1...) var filters = 32
///     }
///
///     struct Train: Step {
///       @Parameters var network: NetworkParameters
///       …
///     }
///
/// To a notebook they are parameters of the step like any others: the group's own name is no part of their keys.
public protocol ParameterGroup: Sendable, Decodable {
  /// The parameters with their defaults.
  init()
}

/// A group of parameters among those of a step.
@propertyWrapper public struct Parameters<Group: ParameterGroup>: Sendable {
  /// The parameters, each with the value that the cell gives, or its default.
  public var wrappedValue: Group

  /// The group with its defaults.
  public init() { wrappedValue = Group() }
}

extension Parameters: Decodable {
  /// Takes the wrappers that `StepDecoder` prepared; steps are decoded by nothing else.
  public init(from decoder: any Decoder) throws { wrappedValue = try Group(from: decoder) }
}

/// A group whose declarations count as its step's own.
protocol DeclaredGroup { var group: any ParameterGroup { get } }

extension Parameters: DeclaredGroup { var group: any ParameterGroup { wrappedValue } }
