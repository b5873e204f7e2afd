import Tensors

/// A rule that moves parameters against the gradient of a loss.
///
/// A rule holds its settings; what it remembers of a parameter from step to step is that parameter's `OptimiserState`.
public protocol Optimiser: Sendable {
  /// How far a step goes.
  var learningRate: Double { get set }

  /// Moves the parameter `w` by one step, in place.
  ///
  /// - Parameters:
  ///   - w: the parameter.
  ///   - gradient: the loss's gradient with respect to `w`, without that of the L2 penalty.
  ///   - decay: the strength λ of the L2 penalty ½·λ·Σw²: the rule follows gradient + λ·w.
  ///   - state: what the rule remembers of `w`; a fresh one before the first step.
  func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, decay: Double, state: inout OptimiserState<Scalar>)
}

/// What an optimiser remembers of one parameter between steps.
public struct OptimiserState<Scalar: TensorScalar>: Sendable, Codable, Equatable {
  /// How many steps were made.
  public var step = 0
  /// The running mean of gradients, of the parameter's shape; no elements where the rule keeps none.
  public var velocity = Tensor<Scalar>.zeros([0])
  /// The running mean of squared gradients, of the parameter's shape; no elements where the rule keeps none.
  public var meanSquare = Tensor<Scalar>.zeros([0])

  /// The state before the first step.
  public init() {}

  /// Counts a step; before the first one what the rule keeps starts as zeros.
  mutating func beginStep(shape: Shape, velocity keepsVelocity: Bool = false, meanSquare keepsMeanSquare: Bool = false)
  {
    if step == 0 {
      if keepsVelocity { velocity = .zeros(shape) }
      if keepsMeanSquare { meanSquare = .zeros(shape) }
    }
    step += 1
    precondition(
      (!keepsVelocity || velocity.shape == shape) && (!keepsMeanSquare || meanSquare.shape == shape),
      "an optimiser's state of shapes \(velocity.shape) and \(meanSquare.shape) for a parameter of shape \(shape)")
  }
}

/// The optimisers by the names that the assignment gives them.
public enum OptimiserKind: String, Sendable, Codable, CaseIterable {
  /// Stochastic gradient descent.
  case sgd
  /// With momentum.
  case momentum = "sgd-momentum"
  /// With Nesterov's momentum.
  case nesterov = "sgd-nesterov-momentum"
  /// RMSProp.
  case rmsprop
  /// Adam.
  case adam

  /// The rule with its default settings, and this learning rate where one is given.
  public func makeOptimiser(learningRate: Double? = nil) -> any Optimiser {
    var optimiser: any Optimiser =
      switch self {
      case .sgd: SGD()
      case .momentum: Momentum()
      case .nesterov: NesterovMomentum()
      case .rmsprop: RMSProp()
      case .adam: Adam()
      }
    if let learningRate { optimiser.learningRate = learningRate }
    return optimiser
  }
}
