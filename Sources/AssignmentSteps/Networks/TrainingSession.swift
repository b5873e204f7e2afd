import NbrunNeuralNetworks
import NbrunNumberTexts
import NbrunPlotting
import NbrunSteps

/// A solver at work in a cell: what it prints becomes the cell's lines and series, and each epoch leaves a checkpoint.
struct TrainingSession<Model: Network> {
  private(set) var solver: Solver<Model>
  let cell: Cell
  private let choice: NetworkChoice
  /// How many iterations lie between two lines that show the loss.
  private let printEvery: Int

  init(solver: Solver<Model>, cell: Cell, choice: NetworkChoice, printEvery: Int) {
    (self.solver, self.cell, self.choice, self.printEvery) = (solver, cell, choice, printEvery)
  }

  /// The iterations that the newest figure shows.
  private var drawnIterations = 0
  /// How many losses the cell has been told.
  private var reportedLosses = 0

  private var progress: SolverProgress<Model.Scalar> { solver.progress }

  /// Trains to the end, from where an interrupted run of the same cell stopped.
  ///
  /// - Throws: `CellInterrupted` after a checkpoint when the cell should stop; `StepFailure` when the loss is no number any more.
  mutating func run() throws {
    if let state = try cell.resume(SolverState<Model.Scalar>.self) {
      try solver.resume(from: state)
      (reportedLosses, drawnIterations) = (progress.lossHistory.count, progress.iteration)
    }
    while !solver.isFinished {
      let step: Solver<Model>.Step
      do { step = try solver.step() } catch let error as DivergedTraining {
        flushLosses()
        cell.plot(figure(diverged: error), named: "training")
        throw StepFailure(error.message, hint: error.hint)
      }
      report(step)
      if solver.isFinished { break }
      if step.endsEpoch || cell.shouldStop {
        flushLosses()
        try cell.checkpoint(solver.checkpoint)
        if cell.shouldStop {
          // The checkpoint goes without it: what goes on from there draws it anew.
          draw()
          throw CellInterrupted()
        }
      }
    }
    flushLosses()
  }

  /// Reports what came of the training.
  func reportResults() {
    cell.report("iterations", progress.iteration)
    cell.report("final-loss", progress.lossHistory.last ?? .nan)
    cell.report("final-training-accuracy", progress.trainingAccuracyHistory.last ?? .nan)
    cell.report("final-validation-accuracy", progress.validationAccuracyHistory.last ?? .nan)
    cell.report("best-training-accuracy", progress.trainingAccuracyHistory.max() ?? .nan)
    cell.report("best-validation-accuracy", progress.validationAccuracyHistory.max() ?? .nan)
  }

  // MARK: Lines and curves

  /// What the course's solver prints of an iteration, and the progress.
  private mutating func report(_ step: Solver<Model>.Step) {
    let total = solver.iterationCount
    if (step.iteration - 1) % printEvery == 0 {
      flushLosses(line: "(Iteration \(step.iteration) / \(total)) loss: \(pythonFixed(step.loss, decimals: 6))")
      // Should the cell end with a crash, the figure shows what the log has; a hundred drawings at most, however long it is.
      if (step.iteration - drawnIterations) * 100 >= total { draw() }
    }
    if step.iteration % max(1, total / 200) == 0 || step.accuracies != nil {
      let epoch = (step.iteration - 1) / solver.iterationsPerEpoch + 1
      let note = "epoch \(epoch) of \(solver.settings.epochs), loss \(pythonFixed(step.loss, decimals: 3))"
      cell.progress(step.iteration, of: total, note, value: step.loss)
    }
    guard let accuracies = step.accuracies else { return }
    flushLosses()
    let (training, validation) = (
      pythonFixed(accuracies.training, decimals: 6), pythonFixed(accuracies.validation, decimals: 6)
    )
    cell.series("training-accuracy", [accuracies.training])
    cell.series(
      "validation-accuracy", [accuracies.validation],
      line: "(Epoch \(step.epoch) / \(solver.settings.epochs)) train acc: \(training); val_acc: \(validation)")
    draw()
  }

  private mutating func draw() {
    cell.plot(figure(), named: "training")
    drawnIterations = progress.iteration
  }

  /// Passes on the losses that the cell has not been told, with the line that shows the last of them.
  private mutating func flushLosses(line: String? = nil) {
    let losses = Array(progress.lossHistory[reportedLosses...])
    if !losses.isEmpty { cell.series("loss", losses, line: line) }
    reportedLosses += losses.count
  }

  /// Loss and accuracy over the epochs that were planned, with the loss that ended the training where one did.
  private func figure(diverged: DivergedTraining? = nil) -> Figure {
    let perEpoch = Double(solver.iterationsPerEpoch)
    let losses = progress.lossHistory + (diverged?.loss.map { [$0] } ?? [])
    let window = Smoothing.window(for: losses.count)
    // "Epoch 0" follows the first update; a last epoch that ends with it has no point of its own.
    let epochs = progress.validationAccuracyHistory.indices.map { Double($0) }
    return Figure(
      title: "Training",
      panels: [
        Panel(
          yAxis: .linear("loss"),
          series: [
            Series(
              "loss of the minibatch", x: losses.indices.map { Double($0 + 1) / perEpoch }, y: losses,
              style: window == nil ? .points : .line, smoothing: window.map(Smoothing.centred))
          ], lines: [ReferenceLine(choice.guessingLoss, label: "guessing", role: .baseline)], metrics: ["final-loss"]),
        Panel(
          yAxis: .percent("accuracy"),
          series: [
            Series("training", x: epochs, y: progress.trainingAccuracyHistory),
            Series("validation", x: epochs, y: progress.validationAccuracyHistory, mark: .maximum("best")),
          ], lines: [ReferenceLine(1 / Double(choice.classes), label: "guessing", role: .baseline)],
          metrics: [
            "best-validation-accuracy", "final-validation-accuracy", "best-training-accuracy",
            "final-training-accuracy",
          ]),
      ],
      xAxis: .linear(
        "epoch", covering: 0...Double(solver.settings.epochs), alternative: .init("iteration", factor: perEpoch)))
  }
}
