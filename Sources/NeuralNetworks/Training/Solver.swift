import NbrunRandomNumbers
import NbrunTensors

/// Trains a network by minibatches, as the course's `Solver` does.
///
/// A value that makes one iteration with each `step()`. In each, a minibatch is drawn with replacement and every parameter is
/// moved by the optimiser. After each epoch the learning rate decays. Accuracies on sampled training examples and on the
/// validation set are taken after the first iteration ("Epoch 0") and after each epoch; the parameters of the best validation
/// accuracy are kept, and put into `model` by the last iteration.
package struct Solver<Model: Network>: Sendable {
  /// The type that the network computes with.
  package typealias Scalar = Model.Scalar

  /// The network in training; after the last iteration, with the best parameters.
  package private(set) var model: Model
  /// How it is trained.
  package let settings: SolverSettings

  private let training: any ExampleSource
  private let validation: any ExampleSource
  private var optimiser: any Optimiser
  /// What the next iteration trains with, on its way while this one trains.
  private var upcoming: UpcomingMinibatch<Scalar>?
  /// How far the training is.
  package private(set) var progress: SolverProgress<Scalar>

  /// A training that has not begun.
  ///
  /// - Parameters:
  ///   - model: the network.
  ///   - training: what it learns from.
  ///   - validation: what chooses its best parameters.
  ///   - optimiser: the rule for each parameter.
  ///   - settings: how long and how.
  ///   - random: what minibatches, accuracy samples and dropout draw from.
  package init(
    model: Model, training: any ExampleSource, validation: any ExampleSource, optimiser: any Optimiser,
    settings: SolverSettings = SolverSettings(), random: NumPyRandom
  ) {
    guard settings.epochs >= 1 && settings.batchSize >= 1 else {
      fatalError("a solver's numbers are at least 1: \(settings)")
    }
    guard training.count > 0 && validation.count > 0 else {
      fatalError("a solver needs training and validation examples")
    }
    self.model = model
    (self.training, self.validation, self.optimiser, self.settings) = (training, validation, optimiser, settings)
    progress = SolverProgress(
      learningRate: optimiser.learningRate, random: random,
      optimiserStates: model.parameters.values.map { optimiser.initialState(for: $0) })
  }

  /// How many iterations an epoch has: whole minibatches, but at least one.
  package var iterationsPerEpoch: Int { max(training.count / settings.batchSize, 1) }
  /// How many iterations the whole training has.
  package var iterationCount: Int { settings.epochs * iterationsPerEpoch }
  /// Whether the last iteration was made.
  package var isFinished: Bool { progress.iteration >= iterationCount }

  // MARK: Training

  /// What one iteration did.
  package struct Step: Sendable, Equatable {
    /// Which one, counted from 1.
    package var iteration: Int
    /// Its minibatch's loss, with the L2 penalty.
    package var loss: Double
    /// The accuracies after it, where they were taken.
    package var accuracies: Accuracies?
    /// Whether an epoch ended with it.
    package var endsEpoch: Bool
    /// How many epochs were completed with it.
    package var epoch: Int
  }

  /// The shares of examples that the network classifies rightly.
  package struct Accuracies: Sendable, Equatable {
    /// Of training examples.
    package var training: Double
    /// Of the validation set.
    package var validation: Double
  }

  /// Makes one iteration. Traps when the training is finished.
  ///
  /// - Throws: `DivergedTraining`; the parameters are then those that led to it.
  package mutating func step() throws -> Step {
    guard !isFinished else { fatalError("the training has no more than \(iterationCount) iterations") }
    let loss = try update()
    progress.lossHistory.append(loss)
    progress.iteration += 1
    let iteration = progress.iteration
    let endsEpoch = iteration % iterationsPerEpoch == 0
    if endsEpoch {
      progress.epoch += 1
      progress.learningRate *= settings.learningRateDecay
    }
    // What an earlier iteration made of the parameters, the next one's loss shows.
    if isFinished { try requireFiniteParameters() }
    let accuracies = takesAccuracies(after: iteration) ? try takeAccuracies() : nil
    if isFinished, let best = progress.best {
      model.parameters = best.parameters.on(model.device)
      model.runningStatistics = best.runningStatistics.on(model.device)
    }
    return Step(iteration: iteration, loss: loss, accuracies: accuracies, endsEpoch: endsEpoch, epoch: progress.epoch)
  }

  /// Draws a minibatch and moves the parameters; returns the loss before that.
  private mutating func update() throws -> Double {
    let (images, labels) = nextMinibatch()
    let penalty = model.penalty
    let (dataLoss, gradients) = model.dataGradients(images, labels: labels, random: &progress.random)
    let loss = dataLoss + penalty
    guard loss.isFinite else { throw diverged(loss.isNaN ? .lossIsNaN : .lossIsInfinite, in: progress.iteration + 1) }
    optimiser.learningRate = progress.learningRate
    for index in gradients.indices {
      optimiser.update(
        &model.parameters.values[index], gradient: gradients[index],
        decay: model.parameters.isPenalised(at: index) ? model.regularisation : 0,
        state: &progress.optimiserStates[index])
    }
    return loss
  }

  private func requireFiniteParameters() throws(DivergedTraining) {
    var state = Array(zip(model.parameters.names, model.parameters.values))
    state += zip(model.runningStatistics.names.map { "the running \($0)" }, model.runningStatistics.values)
    for (name, values) in state where !values.isFinite() { throw diverged(.parameter(name), in: progress.iteration) }
  }

  /// The optimiser's learning rate is the one of the last iteration; that of the progress may have decayed after it.
  private func diverged(_ cause: DivergedTraining.Cause, in iteration: Int) -> DivergedTraining {
    DivergedTraining(cause: cause, iteration: iteration, learningRate: optimiser.learningRate)
  }

  /// Draws a minibatch, and has the one after it gathered meanwhile.
  private mutating func nextMinibatch() -> (images: Tensor<Scalar>, labels: [Int]) {
    let indices = progress.random.choice(training.count, count: settings.batchSize)
    let gathered = upcoming.take()
    // A training that goes on elsewhere, from a checkpoint, draws others than were expected here.
    let minibatch = gathered?.indices == indices ? gathered?.get() : nil
    if !drawsBeforeNextMinibatch {
      var ahead = progress.random
      upcoming = UpcomingMinibatch(
        ahead.choice(training.count, count: settings.batchSize), of: training, on: model.device)
    }
    return minibatch ?? training.minibatch(indices, as: Scalar.self, on: model.device)
  }

  /// Whether this iteration draws numbers of its own, for dropout or accuracies, so that the next minibatch cannot be told yet.
  private var drawsBeforeNextMinibatch: Bool { model.drawsInTraining || takesAccuracies(after: progress.iteration + 1) }

  private func takesAccuracies(after iteration: Int) -> Bool {
    iteration == 1 || iteration % iterationsPerEpoch == 0 || iteration >= iterationCount
  }

  /// Takes both accuracies and keeps the best parameters.
  private mutating func takeAccuracies() throws(DivergedTraining) -> Accuracies {
    // Of more training examples than this, so many are drawn with replacement.
    let largestSample = 1000
    var sample = Array(0..<training.count)
    if training.count > largestSample { sample = progress.random.choice(training.count, count: largestSample) }
    let taken = (
      model.accuracy(on: training, indices: sample),
      model.accuracy(on: validation, indices: Array(0..<validation.count))
    )
    // Before the last iteration the next one's loss says so.
    if isFinished, taken.0 == nil || taken.1 == nil { throw diverged(.scores, in: progress.iteration) }
    let (trainingAccuracy, validationAccuracy) = (taken.0 ?? 0, taken.1 ?? 0)
    progress.trainingAccuracyHistory.append(trainingAccuracy)
    progress.validationAccuracyHistory.append(validationAccuracy)
    if validationAccuracy > progress.best?.accuracy ?? -1 {
      progress.best = SolverProgress.Best(
        accuracy: validationAccuracy, epoch: progress.epoch, parameters: model.parameters,
        runningStatistics: model.runningStatistics)
    }
    return Accuracies(training: trainingAccuracy, validation: validationAccuracy)
  }

  // MARK: Checkpoints

  /// Everything that changes, to be written as a checkpoint. While it is held, the next step copies the parameters.
  package var checkpoint: SolverState<Scalar> {
    SolverState(progress: progress, parameters: model.parameters, runningStatistics: model.runningStatistics)
  }

  /// Goes on from a checkpoint of the same training.
  ///
  /// - Throws: `CheckpointMismatch` when it is of another network or a longer training.
  package mutating func resume(from checkpoint: SolverState<Scalar>) throws {
    let saved = checkpoint.progress
    let isOfThisTraining =
      checkpoint.parameters.hasSameShapes(as: model.parameters)
      && checkpoint.runningStatistics.hasSameShapes(as: model.runningStatistics)
      && saved.optimiserStates.map(\.shapes) == progress.optimiserStates.map(\.shapes)
      && (saved.best?.parameters.hasSameShapes(as: model.parameters) ?? true)
      && (saved.best?.runningStatistics.hasSameShapes(as: model.runningStatistics) ?? true)
      && (0...iterationCount).contains(saved.iteration) && saved.lossHistory.count == saved.iteration
    guard isOfThisTraining else { throw CheckpointMismatch() }
    progress = saved
    model.parameters = checkpoint.parameters.on(model.device)
    model.runningStatistics = checkpoint.runningStatistics.on(model.device)
  }
}
