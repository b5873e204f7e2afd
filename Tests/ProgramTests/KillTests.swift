import Foundation
import NbrunTestSupport
import Testing

/// Runs killed at random moments end with the bytes of a run that was never killed, and nothing is left of what they were doing.
@Suite(.serialized) struct KillTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  /// How many kills of the real notebooks: a few, or `NBRUN_KILLS` where the environment has it, for a long run on demand.
  private static let kills = ProcessInfo.processInfo.environment["NBRUN_KILLS"].flatMap { Int($0) } ?? 5

  @Test func ofStepsThatCount() throws {
    let cells = [
      ["step: counting", "id: count", "end: 60", "pause: 5", "interval: 7"],
      ["step: doubling", "id: double", "amount: count"], ["step: interleaving", "id: turns", "turns: 50"],
    ]
    try folder.write(
      cells.map { "```nbrun\n\($0.joined(separator: "\n"))\n```\n" }.joined(separator: "\n"), to: "test.md")
    var trial = try KillTrial(.testWorker, notebook: "\(folder.path)/test.md", spread: 0.4, in: folder)
    let seeds = shareOfTrials(Array(1...10))
    for seed in seeds {
      var random = FuzzGenerator(seed: seed)
      try trial.run(kills: 3, waitsForCheckpoint: seed > 3, name: "trial", &random)
    }
    print("counting: \(trial.tally.kills) kills, \(trial.tally.killsAfterCheckpoint) after a checkpoint")
    #expect(trial.tally.kills >= seeds.count && trial.tally.killsAfterCheckpoint > 0, "\(trial.tally)")
  }

  /// `kill -9` of one short training on the stand-in, each followed by a run to its end: three times where all trials are wanted,
  /// or twenty times where `NBRUN_KILLS` asks for as many.
  @Test func ofOneTraining() throws {
    let cell = [
      "step: train", "id: short", "training-count: 500", "filters: 4", "filter-size: 3", "hidden-units: 20",
      "batch-size: 50", "epochs: 40", "learning-rate: 1e-3", "print-every: 10",
    ]
    try folder.write("```nbrun\n\(cell.joined(separator: "\n"))\n```\n", to: "training.md")
    var trial = try KillTrial(
      .nbrun, notebook: "\(folder.path)/training.md", arguments: ["--stand-in"], signals: [.kill], in: folder)
    let trials = Self.kills < 20 ? shareOfTrials(3).count : 20
    var random = FuzzGenerator(seed: 3)
    // A run that has come to its end before its moment is none that was killed.
    for number in 0..<2 * trials where trial.tally.kills < trials {
      // One in six at any moment, so that some come before the first checkpoint.
      try trial.run(kills: 1, waitsForCheckpoint: number % 6 != 5, name: "trial", &random)
    }
    print("one training: \(trial.tally.kills) kills, \(trial.tally.killsAfterCheckpoint) after its first checkpoint")
    #expect(trial.tally.kills == trials)
    #expect(trial.tally.killsAfterCheckpoint >= 3 * trials / 4, "\(trial.tally)")
  }

  /// All three notebooks, the trainings of `cnn.md` shortened: most kills fall into its training, after a checkpoint.
  @Test func ofTheRealNotebooks() throws {
    guard let data = ProcessInfo.processInfo.environment["NBRUN_DATA"] else {
      print("skipped: NBRUN_DATA does not say where CIFAR-10 is")
      return
    }
    let notebooks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "notebooks")
    var random = FuzzGenerator(seed: 231)
    var tallies: [KillTrial.Tally] = []

    for name in ["conv_layers", "spatial_batchnorm"] {
      let path = notebooks.appending(path: "\(name).md").path()
      var trial = try KillTrial(.nbrun, notebook: path, in: try ProgramFolder())
      // They take so little time that a run may have come to its end before its moment.
      for _ in 0..<Self.kills where trial.tally.kills < max(1, Self.kills / 16) {
        try trial.run(kills: 3, waitsForCheckpoint: false, name: "trial", &random)
      }
      #expect(trial.tally.kills > 0, "\(name)")
      tallies.append(trial.tally)
    }

    let tiny = ["overfit", "one-epoch", "best"].flatMap { ["\($0).filters=4", "\($0).hidden-units=20"] }
    let short =
      tiny + [
        "overfit.epochs=2", "one-epoch.training-count=200", "deep.training-count=200",
        "deep.network=conv(4) - relu - pool - affine(10) - relu - softmax", "best.training-count=500",
        "best.batch-size=100", "best.filter-size=3",
        "best.epochs=\(Self.kills < 100 ? 8 : 100)",
      ]
    var trial = try KillTrial(
      .nbrun, notebook: notebooks.appending(path: "cnn.md").path(),
      arguments: short.flatMap { ["--set", $0] } + ["--data", data], spread: 0.2, in: folder)
    while trial.tally.kills + tallies.reduce(0, { $0 + $1.kills }) < Self.kills {
      let rest = Self.kills - trial.tally.kills - tallies.reduce(0) { $0 + $1.kills }
      // Now and then at any moment, else after a checkpoint of the run that is killed.
      let isAnywhere = Int.random(in: 0..<8, using: &random) == 0
      try trial.run(kills: min(rest, isAnywhere ? 1 : 12), waitsForCheckpoint: !isAnywhere, name: "trial", &random)
    }
    tallies.append(trial.tally)
    for (name, tally) in zip(["conv_layers", "spatial_batchnorm", "cnn"], tallies) {
      print("\(name): \(tally.kills) kills, \(tally.killsAfterCheckpoint) after a checkpoint, \(tally.bySignal)")
    }
    let (kills, after) = (tallies.reduce(0) { $0 + $1.kills }, trial.tally.killsAfterCheckpoint)
    #expect(kills >= Self.kills)
    #expect(Self.kills < 100 || after >= 7 * kills / 10, "\(after) of \(kills) after a checkpoint")
  }
}
