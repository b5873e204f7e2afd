/// How a `Solver` trains, with the course's defaults.
package struct SolverSettings: Sendable, Equatable, Codable {
  package var epochs = 10
  /// How many examples a minibatch has, drawn with replacement.
  package var batchSize = 100
  /// What the learning rate is multiplied by after each epoch.
  package var learningRateDecay = 1.0

  package init() {}
}
