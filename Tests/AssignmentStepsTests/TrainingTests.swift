import NbrunDatasets
import NbrunNeuralNetworks
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// Trainings on the stand-in, interrupted and not, and what later cells make of a trained network.
@Suite(.serialized) struct TrainingTests {
  private static let data: [DataSourceName: DataLocation] = [
    "cifar-10": DataLocation(folder: "", digests: [:], isOriginal: false, isStandIn: true)
  ]

  /// A training that takes no time.
  private static let short = [
    "filters": "2", "filter-size": "3", "hidden-units": "4", "training-count": "60", "batch-size": "20", "epochs": "3",
    "print-every": "2", "weight-scale": "0.01",
  ]

  private func services(resumingFrom checkpoint: [UInt8]? = nil, stopsAfter: Int? = nil) -> RecordingServices {
    RecordingServices(locations: Self.data, resumingFrom: checkpoint, stopsAfter: stopsAfter)
  }

  /// What a run printed and reported, without how far it was.
  private func reports(_ events: some Sequence<CellEvent>) -> [CellEvent] {
    events.filter { if case .progress = $0 { false } else { true } }
  }

  private func lines(_ events: [CellEvent]) -> [String] {
    events.compactMap { if case .series(_, _, let line) = $0 { line } else { nil } }
  }

  @Test(arguments: ["float32", "float64"])
  func reportsWhatItDeclares(precision: String) throws {
    let run = try StepRun("train", Self.short.merging(["precision": precision]) { $1 }, services: services())
    run.expectDeclared()
    #expect(run["iterations"] == 9)
    #expect(run.services.series["loss"]?.count == 9)
    #expect(run.services.series["validation-accuracy"]?.count == 4)
    #expect(run["final-loss"] == run.services.series["loss"]?.last?.double)
    let printed = lines(run.services.events)
    #expect(printed.count == 5 + 4)
    #expect(printed[0].hasPrefix("(Iteration 1 / 9) loss: 2.30"))
    #expect(printed[1].hasPrefix("(Epoch 0 / 3) train acc: 0."))
    #expect(printed[8].hasPrefix("(Epoch 3 / 3) train acc: 0.") && printed[8].hasSuffix("\n"))
  }

  @Test(arguments: [
    [:],
    [
      "network": "[conv(2) - batchnorm - relu - pool]x2 - affine(4) - dropout(0.5) - relu - svm",
      "optimizer": "rmsprop",
    ],
  ])
  func interruptedItEndsTheSame(change: [String: String]) throws {
    var values = Self.short.merging(change) { $1 }
    if change["network"] != nil { for key in ["filters", "filter-size", "hidden-units"] { values[key] = nil } }
    let whole = try StepRun("train", values, services: services())
    for stop in 1...2 {
      let first = services(stopsAfter: stop)
      #expect(throws: CellInterrupted.self) { try StepRun("train", values, services: first) }
      let kept = reports(first.events.prefix(try #require(first.eventsAtCheckpoint.last)))
      let rest = try StepRun("train", values, services: services(resumingFrom: first.checkpoints.last))
      #expect(kept + reports(rest.services.events) == reports(whole.services.events))
      #expect(rest.output == whole.output)
    }
  }

  @Test func aLossThatExplodesSaysWhen() throws {
    let values = Self.short.merging(["learning-rate": "1e12", "epochs": "20"]) { $1 }
    let services = services()
    let failure = #expect(throws: StepFailure.self) { try StepRun("train", values, services: services) }
    #expect(failure?.message.contains("in iteration ") == true)
    #expect(failure?.hint?.contains("learning rate below 1000000000000.0") == true)
    let losses = try #require(services.series["loss"])
    #expect(!losses.isEmpty)
    // The figure has all of them and the one that ended it, over the epochs that were planned.
    let (panels, xAxis) = try lastPanels(services)
    #expect(xAxis.covering == 0...20)
    #expect(panels[0].series[0].y.dropLast() == losses.map(\.double)[...])
    #expect(panels[0].series[0].y.last?.isFinite == false)
    #expect(panels[0].series[0].x.last == Double(losses.count + 1) / 3)
  }

  /// Whenever it ends, the figure has the losses that were printed.
  @Test func anInterruptedTrainingShowsAllThatTheLogHas() throws {
    let services = RecordingServices(locations: Self.data, stopsAfterLosses: 5)
    #expect(throws: CellInterrupted.self) { try StepRun("train", Self.short, services: services) }
    #expect(try lastPanels(services).0[0].series[0].y == services.series["loss"]?.map(\.double))
    // Before it was asked to stop, too: a crash would have left this.
    let events = services.events
    let line = try #require(events.lastIndex { if case .series(_, _, let line) = $0 { line != nil } else { false } })
    #expect(events[line...].dropFirst().contains { if case .figure = $0 { true } else { false } })
  }

  private func lastPanels(_ services: RecordingServices) throws -> ([Panel], Axis) {
    let figure = services.events.last { if case .figure = $0 { true } else { false } }
    guard case .figure(_, let drawn, _) = figure, case .panels(let panels, let xAxis) = drawn.content else {
      throw StepFailure("no figure of panels was drawn")
    }
    return (panels, xAxis)
  }

  @Test func laterCellsTakeTheNetwork() throws {
    let trained = try StepRun("train", Self.short, services: services())
    let network = try #require(trained.output)

    let test = try StepRun("evaluate", ["network": "t"], inputs: ["t": network], services: services())
    #expect(test.services.reportedKeys.sorted() == ["test-accuracy", "validation-accuracy"])
    #expect(test.services.figures == ["confusion", "classes", "mistakes"])
    #expect(test["validation-accuracy"] == trained["best-validation-accuracy"])

    let filters = try StepRun("show-filters", ["network": "t"], inputs: ["t": network])
    filters.expectDeclared()
  }

  @Test func theDataAreSplitAsInTheCourse() throws {
    let run = try StepRun("dataset-summary", ["per-class": "2"], services: services())
    run.expectDeclared()
    #expect(run["training-count"] == 49_000 && run["validation-count"] == 1000 && run["test-count"] == 1000)
  }
}
