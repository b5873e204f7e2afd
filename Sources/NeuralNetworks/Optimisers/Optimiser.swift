import Tensors

/// A rule that moves parameters against the gradient of a loss.
///
/// A rule holds its settings; what it remembers of a parameter from step to step is that parameter's `OptimiserState`.
public protocol Optimiser: Sendable {
  /// How far a step goes.
  var learningRate: Double { get set }

  /// What the rule remembers of a parameter of this shape before the first step.
  func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar>

  /// Moves the parameter `w` by one step, in place.
  ///
  /// - Parameters:
  ///   - w: the parameter.
  ///   - gradient: the loss's gradient with respect to `w`, without that of the L2 penalty.
  ///   - decay: the strength λ of the L2 penalty ½·λ·Σw²: the rule follows gradient + λ·w.
  ///   - state: what the rule remembers of `w`: `initialState` before the first step.
  func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>)
}

/// What an optimiser remembers of one parameter between steps.
public struct OptimiserState<Scalar: TensorScalar>: Sendable, Codable, Equatable {
  /// How many steps were made.
  public internal(set) var step = 0
  /// The running mean of gradients, of the parameter's shape; no elements where the rule keeps none.
  public internal(set) var velocity: Tensor<Scalar>
  /// The running mean of squared gradients, of the parameter's shape; no elements where the rule keeps none.
  public internal(set) var meanSquare: Tensor<Scalar>

  /// Zeros of these shapes.
  init(velocity: Shape = [0], meanSquare: Shape = [0]) {
    self.velocity = .zeros(velocity)
    self.meanSquare = .zeros(meanSquare)
  }

  var shapes: [Shape] { [velocity.shape, meanSquare.shape] }
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
