import NbrunRandomNumbers
import NbrunTensors

/// One way to compute a layer: forward, and backward with what the forward pass kept.
public protocol LayerImplementation: Sendable {
  /// The output for the input `x`, whose memory may become the output's, and what the backward pass needs.
  ///
  /// - Parameters:
  ///   - parameters: in the order of the layer's `parameterNames`.
  ///   - pass: what the pass reads and changes besides them.
  func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>)

  /// The gradients with respect to the input and the parameters, from the one with respect to the output, whose memory may
  /// become the input's gradient's.
  ///
  /// - Parameter needsInputGradient: false where nobody asks for the input's gradient, as for a network's images. The
  ///   parameters' gradients do not depend on it.
  func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar>
}

/// The gradients with respect to a layer's input, where it was asked for, and its parameters.
public typealias LayerGradients<Scalar: TensorScalar> = (dx: Tensor<Scalar>?, parameters: [Gradient<Scalar>])

/// What a pass of a minibatch through a layer reads and changes besides its parameters.
public struct Pass<Scalar: TensorScalar>: Sendable {
  /// Whether the network learns: dropout drops, and batch normalisation uses the minibatch's own statistics and follows them.
  public let isTraining: Bool
  /// Where dropout draws from.
  public var random: NumPyRandom
  /// The layer's running statistics, in the order of its `statisticNames`.
  public var statistics: [Tensor<Scalar>]
  /// The minibatch's classes, which a loss needs.
  package let labels: [Int]

  /// A pass in training, or in testing.
  public init(
    isTraining: Bool = true, random: NumPyRandom = NumPyRandom(seed: 0), statistics: [Tensor<Scalar>] = [],
    labels: [Int] = []
  ) {
    (self.isTraining, self.random, self.statistics, self.labels) = (isTraining, random, statistics, labels)
  }
}

/// What a layer's forward pass keeps for its backward pass.
public struct LayerCache<Scalar: TensorScalar>: Sendable {
  /// The input's shape.
  public var inputShape: Shape
  /// Arrays, in an order that the layer's two passes agree on.
  public var arrays: [Tensor<Scalar>]
  /// For each pooling window the offset of its largest element, counted row by row.
  package var argmax: PooledBytes?
  package var parts: [LayerCache]
  /// Whether the pass was one of training, for layers whose gradient depends on that.
  public var isTraining = true

  /// What is kept of an input of this shape.
  public init(_ inputShape: Shape, _ arrays: [Tensor<Scalar>] = []) { self.init(inputShape, arrays, parts: []) }

  package init(
    _ inputShape: Shape, _ arrays: [Tensor<Scalar>] = [], argmax: PooledBytes? = nil, parts: [LayerCache] = []
  ) {
    (self.inputShape, self.arrays, self.argmax, self.parts) = (inputShape, arrays, argmax, parts)
  }
}

extension LayerImplementation {
  /// The same in training, for a layer without running statistics that draws nothing.
  public func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>] = []
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    var pass = Pass<Scalar>()
    return forward(x, parameters, &pass)
  }

  /// The same with the input's gradient.
  public func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>
  ) -> LayerGradients<Scalar> {
    backward(dy, cache, needsInputGradient: true)
  }
}

/// A layer with all that a network must know of it.
public protocol Layer: LayerImplementation, CustomStringConvertible {
  /// The names of its parameters in formulas, such as `w`, `b`; a network numbers them.
  var parameterNames: [String] { get }
  /// The names of its running statistics, which follow the minibatches in training.
  var statisticNames: [String] { get }
  /// Whether it draws random numbers in training; no unless said.
  var drawsInTraining: Bool { get }
  /// What it makes of an input of this shape, the minibatch's size first; allocates nothing.
  ///
  /// - Throws: `ShapeError` where the layer does not take such an input.
  func plan(for input: Shape) throws(ShapeError) -> LayerPlan
  /// Loops that read like its definition, the oracle of a fast layer; nil where the layer itself is as plain.
  var naive: (any LayerImplementation)? { get }
}

extension Layer {
  /// No parameters.
  public var parameterNames: [String] { [] }
  /// No running statistics.
  public var statisticNames: [String] { [] }
  /// Draws nothing.
  public var drawsInTraining: Bool { false }
  /// The layer itself is as plain.
  public var naive: (any LayerImplementation)? { nil }
}

/// What a layer makes of an input of one shape.
public struct LayerPlan: Sendable, Equatable {
  /// The output's shape.
  public var output: Shape
  /// The parameters' shapes and how they start, in the order of their names.
  public var parameters: [PlannedArray] = []
  /// The same of the running statistics.
  public var statistics: [PlannedArray] = []
  /// How many multiplications, additions and comparisons a forward pass takes.
  public var operations: Double
  /// The shapes of the large arrays that computing it makes besides those that it takes and gives.
  public var working: [Shape] = []

  /// A layer with this output, and an operation for each of its elements unless said.
  public init(
    output: Shape, operations: Double? = nil, parameters: [PlannedArray] = [], statistics: [PlannedArray] = [],
    working: [Shape] = []
  ) {
    (self.output, self.parameters, self.statistics, self.working) = (output, parameters, statistics, working)
    self.operations = operations ?? Double(output.elementCount)
  }
}

/// An array that a layer takes: its shape and how it starts.
public struct PlannedArray: Sendable, Equatable {
  /// How an array starts.
  public enum Start: Sendable, Equatable {
    /// Drawn from a normal distribution, for a unit with so many inputs.
    case weights(fanIn: Int)
    /// The same number everywhere.
    case constant(Double)
  }

  /// Its shape.
  public var shape: Shape
  /// How it starts.
  public var start: Start

  /// An array of this shape, zero unless said.
  public init(_ shape: Shape, _ start: Start = .constant(0)) { (self.shape, self.start) = (shape, start) }

  /// The array as it starts, its weights drawn with this standard deviation, or √(2 / inputs of a unit), which keeps the size of
  /// activations from layer to layer (He and others, "Delving deep into rectifiers", 2015).
  func makeTensor<Scalar: TensorScalar>(
    weightScale: Double?, from random: inout NumPyRandom, on device: Device
  ) -> Tensor<Scalar> {
    switch start {
    case .constant(let value): return Tensor(repeating: Scalar(value), shape: shape, on: device)
    case .weights(let fanIn):
      let deviation = weightScale ?? (2 / Double(Swift.max(fanIn, 1))).squareRoot()
      return Tensor(drawing: .normal(mean: 0, standardDeviation: deviation), shape: shape, from: &random, on: device)
    }
  }
}

/// A layer that lines of networks, checks and races name.
///
/// To have one of your own, write it in one file and register it: `LayerCatalogue.register(MyLayer.self)`.
public protocol NamedLayer: Layer {
  /// How it is named and said.
  static var kind: LayerKind { get }
  /// The layer with a check's settings.
  init(_ options: LayerOptions)
  /// The layer with what stands in parentheses in a network's line.
  init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError)
}

extension NamedLayer {
  /// The layer of a line that takes no arguments: the one that has every setting as a check has it unless told.
  public init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    self.init(LayerOptions(inputShape: []))
  }

  /// The word for it, where it has no settings.
  public var description: String { Self.kind.syntax?.word ?? Self.kind.name }
}

/// How a layer is named, and how a network's line says it.
public struct LayerKind: Sendable {
  /// What checks and races call it, in kebab-case.
  package let name: String
  /// One sentence that says what it computes.
  package let summary: String
  /// Those of a check's settings that it depends on.
  package let settings: Set<LayerSetting>
  /// How a line says it, and what that means; nil where only checks know it.
  package let syntax: LayerSyntax?

  /// A kind of layer.
  public init(_ name: String, _ summary: String, settings: Set<LayerSetting> = [], syntax: LayerSyntax? = nil) {
    (self.name, self.summary, self.settings, self.syntax) = (name, summary, settings, syntax)
  }
}

/// A layer that computes some that follow one another together, faster than each by itself.
package protocol FusedLayer: LayerImplementation {
  /// One sentence that says what it computes.
  static var summary: String { get }
  /// The layers that it stands for.
  static var parts: [any NamedLayer.Type] { get }
  /// Takes the place of `layers`, which are of the types of `parts`; nil where it cannot with their settings.
  init?(_ layers: [any Layer])
}
