import Foundation
@testable import NbrunNeuralNetworks
import NbrunRandomNumbers
import Synchronization
import NbrunTensors
import Testing

struct SolverTests {
  /// One row of `training.json`.
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    struct Run: Decodable, Sendable {
      let losses: [Double]
      let lines: [String]
      let best: Double
      /// The sum of the best W3.
      let penultimate: Double
    }

    let examples: Int
    let batch: Int
    let epochs: Int
    let rule: OptimiserKind
    let rate: Double
    let decay: Double
    let reg: Double
    let scale: Double
    let double: Run
    let single: Run

    var testDescription: String { "\(examples) examples, \(rule.rawValue)" }
  }

  static var references: [Reference] { get throws { try Fixture.load("training.json") } }

  @Test(arguments: try references)
  func trainingIsThatOfNumPyInDoublePrecision(reference: Reference) throws {
    var solver = try makeSolver(reference, as: Double.self)
    var lines: [String] = []
    try solver.train { step, solver in
      if (step.iteration - 1) % 10 == 0 {
        lines.append(String(format: "(Iteration %d / %d) loss: %f", step.iteration, solver.iterationCount, step.loss))
      }
      if let accuracies = step.accuracies {
        lines.append(
          String(
            format: "(Epoch %d / %d) train acc: %f; val_acc: %f", step.epoch, solver.settings.epochs,
            accuracies.training, accuracies.validation))
      }
      return true
    }
    #expect(solver.isFinished)
    expectClose(solver.progress.lossHistory, reference.double.losses, relative: 1e-9)
    #expect(lines == reference.double.lines)
    #expect(solver.progress.best?.accuracy == reference.double.best)
    #expect(abs(solver.model.parameters["W3"].sum() - reference.double.penultimate) < 1e-9)
  }

  @Test(arguments: try references)
  func trainingIsThatOfNumPyInSinglePrecision(reference: Reference) throws {
    var solver = try makeSolver(reference, as: Float.self)
    try solver.train()
    expectClose(solver.progress.lossHistory, reference.single.losses, relative: 1e-4)
  }

  @Test func aTrainingGoesOnFromACheckpointAsIfItHadNotStopped() throws {
    let reference = try #require(try Self.references.last)
    var whole = try makeSolver(reference, as: Float.self)
    try whole.train()
    for stop in [1, 5, 11] {
      var first = try makeSolver(reference, as: Float.self)
      try first.train { step, _ in step.iteration < stop }
      let data = try JSONEncoder().encode(first.checkpoint)
      var second = try makeSolver(reference, as: Float.self)
      try second.resume(from: JSONDecoder().decode(SolverState<Float>.self, from: data))
      #expect(second.model.parameters.values.allSatisfy { $0.device === Self.device })
      try second.train()
      #expect(second.model.parameters.values.allSatisfy { $0.device === Self.device })
      #expect(second.progress.lossHistory == whole.progress.lossHistory)
      #expect(second.progress.validationAccuracyHistory == whole.progress.validationAccuracyHistory)
      #expect(second.model.parameters == whole.model.parameters)
    }
  }

  @Test func theNextMinibatchIsGatheredWhileOneTrains() throws {
    var data = NumPyRandom(seed: 5)
    let images = Tensor<Double>.randomNormal([1200, 3, 4, 4], from: &data)
    let examples = WatchedExamples(TensorExamples(images: images, labels: data.randint(0..<10, count: 1200)))
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 4, 4], 2, 3)
    var random = NumPyRandom(seed: 231)
    let model = try ThreeLayerConvNet<Float>(configuration, random: &random)
    var settings = SolverSettings()
    (settings.epochs, settings.batchSize) = (2, 200)
    var solver = Solver(
      model: model, training: examples, validation: TensorExamples(images: images, labels: examples.labels),
      optimiser: Adam(), settings: settings, random: random)
    try solver.train()

    // Minibatches and the accuracies' samples, 10 parts of 100, as one stream gives them, each gathered once.
    var expected: [[Int]] = []
    var isAhead: [Bool] = []
    for iteration in 1...12 {
      expected.append(random.choice(1200, count: 200))
      isAhead.append(![1, 2, 7].contains(iteration))
      guard [1, 6, 12].contains(iteration) else { continue }
      let sample = random.choice(1200, count: 1000)
      expected += (0..<10).map { Array(sample[$0 * 100..<$0 * 100 + 100]) }
      isAhead += Array(repeating: false, count: 10)
    }
    let gathered = examples.gathered
    #expect(Set(gathered.map(\.indices)) == Set(expected))
    #expect(gathered.count == expected.count)
    for (indices, isAhead) in zip(expected, isAhead) {
      #expect(gathered.first { $0.indices == indices }?.isElsewhere == isAhead)
    }
  }

  @Test func checkpointsOfOtherTrainingsAreRefused() throws {
    let references = try Self.references
    let momentum = try makeSolver(references[1], as: Float.self).checkpoint
    var adam = try makeSolver(references[0], as: Float.self)
    #expect(throws: CheckpointMismatch()) { try adam.resume(from: momentum) }
  }

  @Test func aLossThatIsNoNumberStopsTheTraining() throws {
    let reference = try #require(try Self.references.first)
    var solver = try makeSolver(reference, as: Float.self, learningRate: 1e12)
    let error = #expect(throws: DivergedTraining.self) { try solver.train() }
    #expect(error?.iteration == solver.progress.iteration + 1)
    #expect(error?.description.contains("try a learning rate below 1000000000000.0, such as 100000000000.0") == true)
  }

  @Test func parametersThatTheLastIterationMadeInfiniteFailTheTraining() throws {
    let reference = try #require(try Self.references.first)
    // One iteration: nothing after it would meet its weights.
    for (rate, rule) in [(1e300, OptimiserKind.sgd), (.infinity, .adam)] {
      var solver = try makeSolver(reference, as: Float.self, learningRate: rate, rule: rule, isOneIteration: true)
      let error = #expect(throws: DivergedTraining.self) { try solver.train() }
      #expect(error?.cause == .parameter("W1") && error?.iteration == 1)
      #expect(error?.hint.hasPrefix(rate.isFinite ? "try a learning rate below 1e+300" : "try") == true)
    }
  }

  /// Its weights are finite, and large enough that the scores of no image are: there is no accuracy to be green about.
  @Test func aLastIterationThatLeavesNoScoresFailsTheTraining() throws {
    let reference = try #require(try Self.references.first)
    var solver = try makeSolver(reference, as: Float.self, learningRate: 1e30, rule: .sgd, isOneIteration: true)
    let error = #expect(throws: DivergedTraining.self) { try solver.train() }
    #expect(error?.cause == .scores && error?.iteration == 1 && error?.loss == nil)
    #expect(error?.description.contains("try a learning rate below 1e+30, such as ") == true)
  }

  /// The rate that led there is the one of the iteration before, whatever the decay has made of it since.
  @Test func aHintNamesTheRateThatLedToIt() throws {
    var random = NumPyRandom(seed: 5)
    let images = Tensor<Double>.randomNormal([20, 3, 8, 8], from: &random)
    let examples = TensorExamples(images: images, labels: random.randint(0..<10, count: 20))
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filterSize) = ([3, 8, 8], 3)
    var settings = SolverSettings()
    (settings.epochs, settings.batchSize, settings.learningRateDecay) = (3, 20, 0.001)
    var solver = Solver(
      model: try ThreeLayerConvNet<Float>(configuration, random: &random), training: examples, validation: examples,
      optimiser: SGD(learningRate: 1e30), settings: settings, random: random)
    let error = #expect(throws: DivergedTraining.self) { try solver.train() }
    #expect(error?.iteration == 2 && error?.learningRate == 1e30)
  }

  @Test func aHintNamesALearningRateOnlyWhereASmallerOneMayHelp() {
    for (cause, iteration, rate, expected) in [
      (.lossIsNaN, 7, 0.5, "try a learning rate below 0.5, such as 0.05, or smaller initial weights"),
      (.lossIsInfinite, 7, 0, "try smaller initial weights"),
      (.lossIsInfinite, 7, .leastNonzeroMagnitude, "try smaller initial weights"),
      (.lossIsNaN, 1, 0.5, "try smaller initial weights"),
      (.parameter("W1"), 1, 0.5, "try a learning rate below 0.5, such as 0.05, or smaller initial weights"),
    ] as [(DivergedTraining.Cause, Int, Double, String)] {
      #expect(DivergedTraining(cause: cause, iteration: iteration, learningRate: rate).hint == expected)
    }
  }

  @Test func batchNormalisationTrainsAndItsCheckpointsGoOn() throws {
    let reference = try #require(try Self.references.last)
    var whole = try makeNormalisedSolver(reference)
    var parts = whole
    try whole.train()
    #expect(try #require(whole.progress.lossHistory.last) < 0.9 * whole.progress.lossHistory[0])
    #expect(whole.model.runningStatistics["variance1"].min() > 0)
    try parts.train { step, _ in step.iteration < 4 }
    var resumed = try makeNormalisedSolver(reference)
    try resumed.resume(from: parts.checkpoint)
    try resumed.train()
    #expect(resumed.model.parameters == whole.model.parameters)
    #expect(resumed.model.runningStatistics == whole.model.runningStatistics)
  }

  /// Parameters and running statistics both go back to the best epoch, which is not the last here.
  @Test func theBestEpochIsPutBackWhole() throws {
    let reference = try #require(try Self.references.last)
    var solver = try makeNormalisedSolver(reference, learningRate: 0.05)
    var epochs: [ConvNet<Double>] = []
    try solver.train { _, solver in
      if solver.progress.validationAccuracyHistory.count > epochs.count { epochs.append(solver.model) }
      return true
    }
    let history = solver.progress.validationAccuracyHistory
    let best = try #require(history.firstIndex(of: history.max() ?? 0))
    try #require(best < history.count - 1 && epochs.count == history.count)
    #expect(solver.model.parameters == epochs[best].parameters)
    #expect(solver.model.runningStatistics == epochs[best].runningStatistics)
    #expect(epochs[best].runningStatistics != epochs[best + 1].runningStatistics)
  }

  /// What the networks compute with.
  private static let device = Device(threads: 2)

  private func makeSolver<Scalar: TensorScalar>(
    _ reference: Reference, as type: Scalar.Type, learningRate: Double? = nil, rule: OptimiserKind? = nil,
    isOneIteration: Bool = false
  ) throws -> Solver<ThreeLayerConvNet<Scalar>> {
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 8, 8], 4, 3)
    (configuration.hiddenUnits, configuration.weightScale) = (12, reference.scale)
    configuration.regularisation = reference.reg
    return try makeSolver(reference, learningRate: learningRate, rule: rule, isOneIteration: isOneIteration) { random in
      try ThreeLayerConvNet(configuration, random: &random, on: Self.device)
    }
  }

  /// The same with batch normalisation behind the convolution and the hidden layer.
  private func makeNormalisedSolver(
    _ reference: Reference, learningRate: Double? = nil
  ) throws -> Solver<ConvNet<Double>> {
    let plan = try ConvNetPlan(
      NetworkDescription("conv(4) - batchnorm - relu - pool - affine(12) - batchnorm - relu - softmax"),
      inputShape: [3, 8, 8], classes: 10)
    return try makeSolver(reference, learningRate: learningRate) { random in
      ConvNet(plan, weightScale: reference.scale, regularisation: reference.reg, random: &random)
    }
  }

  private func makeSolver<Model: Network>(
    _ reference: Reference, learningRate: Double?, rule: OptimiserKind? = nil, isOneIteration: Bool = false,
    _ makeModel: (inout NumPyRandom) throws -> Model
  ) throws -> Solver<Model> {
    var data = NumPyRandom(seed: 5)
    func examples(_ count: Int) -> TensorExamples {
      let images = Tensor<Double>.randomNormal([count, 3, 8, 8], from: &data)
      return TensorExamples(images: images, labels: data.randint(0..<10, count: count))
    }
    let (training, validation) = (examples(reference.examples), examples(150))

    var random = NumPyRandom(seed: 231)
    let model = try makeModel(&random)

    var settings = SolverSettings()
    (settings.epochs, settings.batchSize, settings.learningRateDecay) = (
      reference.epochs, reference.batch, reference.decay
    )
    if isOneIteration { (settings.epochs, settings.batchSize) = (1, reference.examples) }
    return Solver(
      model: model, training: training, validation: validation,
      optimiser: (rule ?? reference.rule).makeOptimiser(learningRate: learningRate ?? reference.rate),
      settings: settings, random: random)
  }

  private func expectClose(_ values: [Double], _ expected: [Double], relative: Double) {
    #expect(values.count == expected.count)
    for (index, (value, reference)) in zip(values, expected).enumerated() {
      #expect(abs(value - reference) <= relative * abs(reference), "iteration \(index + 1)")
    }
  }
}

/// Examples that note who gathers which.
private final class WatchedExamples: ExampleSource {
  private let examples: TensorExamples
  private let home = ObjectIdentifier(Thread.current)
  private let notes = Mutex<[(indices: [Int], isElsewhere: Bool)]>([])

  init(_ examples: TensorExamples) {
    self.examples = examples
  }

  var count: Int { examples.count }
  var labels: [Int] { examples.labels }
  /// What was gathered, and whether another thread than the training's did it.
  var gathered: [(indices: [Int], isElsewhere: Bool)] { notes.withLock { $0 } }

  func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type, on device: Device
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    notes.withLock { $0.append((indices, ObjectIdentifier(Thread.current) != home)) }
    return examples.minibatch(indices, as: type, on: device)
  }
}
