import NbrunRandomNumbers
import NbrunTensors

/// Everything of a training that changes: written as a checkpoint and read back, the training goes on as if it had not
/// stopped.
package struct SolverState<Scalar: TensorScalar>: Sendable, Codable {
  /// How far the training is.
  package var progress: SolverProgress<Scalar>
  /// The network's parameters.
  package var parameters: ParameterSet<Scalar>
  /// The network's running statistics.
  package var runningStatistics: ParameterSet<Scalar>
}

/// How far a training is: all that changes but for the network itself.
package struct SolverProgress<Scalar: TensorScalar>: Sendable, Codable {
  /// A network's parameters and running statistics at the best validation accuracy.
  package struct Best: Sendable, Codable {
    /// The accuracy on the validation set.
    package internal(set) var accuracy: Double
    /// The epoch after which it was reached.
    package internal(set) var epoch: Int
    var parameters: ParameterSet<Scalar>
    var runningStatistics: ParameterSet<Scalar>
  }

  /// How many iterations were made.
  package internal(set) var iteration = 0
  /// How many epochs were completed.
  package internal(set) var epoch = 0
  /// The learning rate, decayed so far.
  package internal(set) var learningRate: Double
  /// The loss of each iteration's minibatch, with the L2 penalty.
  package internal(set) var lossHistory: [Double] = []
  /// The accuracy on training examples at the first iteration and after each epoch.
  package internal(set) var trainingAccuracyHistory: [Double] = []
  /// The accuracy on the validation set at the first iteration and after each epoch.
  package internal(set) var validationAccuracyHistory: [Double] = []
  /// The best so far.
  package internal(set) var best: Best?
  /// Where minibatches are drawn from.
  var random: NumPyRandom
  /// What the optimiser remembers of each parameter.
  var optimiserStates: [OptimiserState<Scalar>]
}

/// A checkpoint that is not of this training.
package struct CheckpointMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// One sentence.
  package var description: String { "the checkpoint is not of this network and training" }
}

/// A training that left the finite numbers: its loss, or what its last iteration made of the parameters.
package struct DivergedTraining: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is no finite number any more.
  package enum Cause: Equatable, Sendable {
    /// The loss is not a number.
    case lossIsNaN
    case lossIsInfinite
    /// A score of an image is NaN or infinite.
    case scores
    /// The parameter of this name has entries that are NaN or infinite.
    case parameter(String)
  }

  package var cause: Cause
  /// The iteration, counted from 1.
  package var iteration: Int
  /// The learning rate that led there.
  package var learningRate: Double

  /// The loss that ended the training; nil where a parameter did.
  package var loss: Double? {
    switch cause {
    case .lossIsNaN: .nan
    case .lossIsInfinite: .infinity
    case .scores, .parameter: nil
    }
  }

  /// One sentence that says what happened and when.
  package var message: String {
    switch cause {
    case .lossIsNaN: "the loss became NaN in iteration \(iteration)"
    case .lossIsInfinite: "the loss became infinite in iteration \(iteration)"
    case .scores: "the scores of images became NaN or infinite in iteration \(iteration)"
    case .parameter(let name): "\(name) became NaN or infinite in iteration \(iteration), the last"
    }
  }

  /// What to try: a learning rate a tenth as large, where there is one and it may be the reason.
  package var hint: String {
    let smaller = learningRate / 10
    guard iteration > 1 || cause != .lossIsInfinite && cause != .lossIsNaN, smaller > 0 else {
      return "try smaller initial weights"
    }
    return "try a learning rate below \(learningRate), such as \(smaller), or smaller initial weights"
  }

  package var description: String { "\(message): \(hint)" }
}
