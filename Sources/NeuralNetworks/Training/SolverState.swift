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
  public var runningStatistics: [BatchNormalisation.RunningStatistics<Scalar>]
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
    var runningStatistics: [BatchNormalisation.RunningStatistics<Scalar>]
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
  /// The one thing it can say.
  public init() {}

  /// One sentence.
  public var description: String { "the checkpoint is not of this network and training" }
}

/// A loss that is no finite number any more.
public struct DivergedLoss: Error, Equatable, Sendable, CustomStringConvertible {
  /// The iteration, counted from 1.
  public var iteration: Int
  /// NaN or an infinity.
  public var loss: Double
  /// The learning rate that led there.
  public var learningRate: Double

  /// One sentence that says when, and what to try.
  public var description: String {
    let value = loss.isNaN ? "NaN" : "infinite"
    return "the loss became \(value) in iteration \(iteration): try a learning rate below \(learningRate), such as "
      + "\(learningRate / 10), or smaller initial weights"
  }

  /// Whether two errors say the same; NaN equals NaN here.
  public static func == (a: DivergedLoss, b: DivergedLoss) -> Bool {
    a.iteration == b.iteration && a.learningRate == b.learningRate && (a.loss == b.loss || a.loss.isNaN && b.loss.isNaN)
  }
}
