import NbrunSteps

/// The steps that the assignment's notebooks name, in the order in which `nbrun steps` shows them.
public let assignmentSteps = StepList(codeIdentity: sourceDigest) {
  ConvolutionForwardExample.self
  MaxPoolForwardExample.self
  CheckGradients.self
  Race.self
  RaceChart.self
  BatchNormalizationStatistics.self
  DatasetSummary.self
  NetworkSummary.self
  CheckNetworkGradients.self
  InitialLoss.self
  Train.self
  Evaluate.self
  ShowFilters.self
  FigureKinds.self
  Bench.self
}

/// The data that those steps read.
public let assignmentDataSources: [any DataSource] = [CIFAR10Source()]
