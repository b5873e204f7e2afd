import NbrunTensors

/// A rule that moves parameters against the gradient of a loss.
///
/// A rule holds its settings; what it remembers of a parameter from step to step is that parameter's `OptimiserState`.
package protocol Optimiser: Sendable {
  /// How far a step goes.
  var learningRate: Double { get set }
  /// What it remembers of a parameter besides the number of steps.
  var memory: Set<OptimiserMemory> { get }

  /// Moves a parameter by one step, in place, against its gradient and that of the L2 penalty.
  func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>)
}

/// What an optimiser may remember of a parameter, as an array of its shape.
package enum OptimiserMemory: Sendable {
  /// A running mean of its gradients.
  case velocity
  /// A running mean of their squares.
  case meanSquare
}

/// What an optimiser remembers of a parameter, for one step that changes it.
package struct OptimiserPointers<Scalar: TensorScalar> {
  /// Which step it is, from 1.
  package let step: Int
  /// The running mean of gradients, where the rule keeps one.
  package let velocity: UnsafeMutablePointer<Scalar>?
  /// The running mean of squared gradients, where the rule keeps one.
  package let meanSquare: UnsafeMutablePointer<Scalar>?
}

/// What an optimiser remembers of one parameter between steps.
package struct OptimiserState<Scalar: TensorScalar>: Sendable, Codable, Equatable {
  /// How many steps were made.
  package internal(set) var step = 0
  /// The running mean of gradients, of the parameter's shape; no elements where the rule keeps none.
  package internal(set) var velocity: Tensor<Scalar>
  /// The running mean of squared gradients, of the parameter's shape; no elements where the rule keeps none.
  package internal(set) var meanSquare: Tensor<Scalar>

  var shapes: [Shape] { [velocity.shape, meanSquare.shape] }
}

extension Optimiser {
  /// What the rule remembers of the parameter `w` before the first step: zeros.
  package func initialState<Scalar: TensorScalar>(for w: Tensor<Scalar>) -> OptimiserState<Scalar> {
    OptimiserState(
      velocity: .zeros(memory.contains(.velocity) ? w.shape : [0], on: w.device),
      meanSquare: .zeros(memory.contains(.meanSquare) ? w.shape : [0], on: w.device))
  }

  /// Moves the parameter `w` by one step, in place.
  ///
  /// - Parameters:
  ///   - w: the parameter.
  ///   - gradient: the loss's gradient with respect to `w`, without that of the L2 penalty.
  ///   - decay: the strength λ of the L2 penalty ½·λ·Σw²: the rule follows gradient + λ·w.
  ///   - state: what the rule remembers of `w`: `initialState` before the first step.
  package func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    let (count, device) = (w.count, w.device)
    guard gradient.shape == w.shape, state.shapes.allSatisfy({ $0 == w.shape || $0 == [0] }) else {
      fatalError("a gradient of shape \(gradient.shape) and memories of \(state.shapes) for a parameter of \(w.shape)")
    }
    state.step += 1
    let values = w.elementsToWrite()
    let pointers = OptimiserPointers(
      step: state.step, velocity: state.velocity.elementsToWrite(), meanSquare: state.meanSquare.elementsToWrite())
    gradient.withOperand {
      move(OptimisedParameter(values: values, gradient: $0, decay: Scalar(decay), count: count, on: device), pointers)
    }
  }
}

/// The optimisers by the names that cells give them.
package struct OptimiserKind: RawRepresentable, Sendable, Codable, CaseIterable, Hashable {
  /// The rules with their default settings, in order.
  private static let rules: [(name: String, rule: any Optimiser)] = [
    ("sgd", SGD()),
    ("sgd-momentum", Momentum()),
    ("sgd-nesterov-momentum", NesterovMomentum()),
    ("rmsprop", RMSProp()),
    ("adam", Adam()),
    ("adamw", AdamW()),
  ]

  package static let allCases = rules.map { OptimiserKind(name: $0.name) }
  /// Stochastic gradient descent.
  package static let sgd = OptimiserKind(name: "sgd")
  /// Adam, with which trainings begin unless told.
  package static let adam = OptimiserKind(name: "adam")

  package let rawValue: String

  private init(name: String) { rawValue = name }

  /// The optimiser of this name, or nil.
  package init?(rawValue: String) {
    guard Self.rules.contains(where: { $0.name == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  /// The rule with its default settings, and this learning rate where one is given.
  package func makeOptimiser(learningRate: Double? = nil) -> any Optimiser {
    guard var optimiser = Self.rules.first(where: { $0.name == rawValue })?.rule else {
      fatalError("no optimiser is called \(rawValue)")
    }
    if let learningRate { optimiser.learningRate = learningRate }
    return optimiser
  }
}
