/// How a `Solver` trains, with the course's defaults.
package struct SolverSettings: Sendable, Equatable, Codable {
  package var epochs = 10
  /// How many examples a minibatch has, drawn with replacement.
  package var batchSize = 100
  /// What the learning rate is multiplied by after each epoch.
  package var learningRateDecay = 1.0
  /// A line is printed for the first iteration and each so many after it.
  package var printEvery = 10

  package init() {}

  /// How many iterations an epoch over `count` examples has: whole minibatches, but at least one.
  package func iterationsPerEpoch(examples count: Int) -> Int { max(count / batchSize, 1) }
}
