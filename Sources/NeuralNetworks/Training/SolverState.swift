import RandomNumbers
import Tensors

/// Everything of a training that changes: written as a checkpoint and read back, the training goes on as if it had not
/// stopped.
public struct SolverState<Scalar: TensorScalar>: Sendable, Codable {
  /// How far the training is.
  public var progress: SolverProgress<Scalar>
  /// The network's parameters.
  public var parameters: ParameterSet<Scalar>
  /// The network's running statistics.
  public var runningStatistics: ParameterSet<Scalar>
}

/// How far a training is: all that changes but for the network itself.
public struct SolverProgress<Scalar: TensorScalar>: Sendable, Codable {
  /// A network's parameters and running statistics at the best validation accuracy.
  public struct Best: Sendable, Codable {
    /// The accuracy on the validation set.
    public internal(set) var accuracy: Double
    /// The epoch after which it was reached.
    public internal(set) var epoch: Int
    var parameters: ParameterSet<Scalar>
    var runningStatistics: ParameterSet<Scalar>
  }

  /// How many iterations were made.
  public internal(set) var iteration = 0
  /// How many epochs were completed.
  public internal(set) var epoch = 0
  /// The learning rate, decayed so far.
  public internal(set) var learningRate: Double
  /// The loss of each iteration's minibatch, with the L2 penalty.
  public internal(set) var lossHistory: [Double] = []
  /// The accuracy on training examples at the first iteration and after each epoch.
  public internal(set) var trainingAccuracyHistory: [Double] = []
  /// The accuracy on the validation set at the first iteration and after each epoch.
  public internal(set) var validationAccuracyHistory: [Double] = []
  /// The best so far.
  public internal(set) var best: Best?
  /// Where minibatches are drawn from.
  var random: NumPyRandom
  /// What the optimiser remembers of each parameter.
  var optimiserStates: [OptimiserState<Scalar>]
}

/// A checkpoint that is not of this training.
public struct CheckpointMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// The mismatch, which has no further particulars.
  public init() {}

  /// One sentence.
  public var description: String { "the checkpoint is not of this network and training" }
}

/// A training that left the finite numbers: its loss, or what its last iteration made of the parameters.
public struct DivergedTraining: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is no finite number any more.
  public enum Cause: Equatable, Sendable {
    /// The loss is not a number.
    case lossIsNaN
    /// The loss is infinite.
    case lossIsInfinite
    /// The parameter of this name has entries that are NaN or infinite.
    case parameter(String)
  }

  /// What it is.
  public var cause: Cause
  /// The iteration, counted from 1.
  public var iteration: Int
  /// The learning rate that led there.
  public var learningRate: Double

  /// The loss that ended the training; nil where a parameter did.
  public var loss: Double? {
    switch cause {
    case .lossIsNaN: .nan
    case .lossIsInfinite: .infinity
    case .parameter: nil
    }
  }

  /// One sentence that says what happened and when.
  public var message: String {
    switch cause {
    case .lossIsNaN: "the loss became NaN in iteration \(iteration)"
    case .lossIsInfinite: "the loss became infinite in iteration \(iteration)"
    case .parameter(let name): "\(name) became NaN or infinite in iteration \(iteration), the last"
    }
  }

  /// What to try: a learning rate a tenth as large, where there is one and it may be the reason.
  public var hint: String {
    let smaller = learningRate / 10
    guard iteration > 1 || cause != .lossIsInfinite && cause != .lossIsNaN, smaller > 0 else {
      return "try smaller initial weights"
    }
    return "try a learning rate below \(learningRate), such as \(smaller), or smaller initial weights"
  }

  /// The message and the hint.
  public var description: String { "\(message): \(hint)" }
}
