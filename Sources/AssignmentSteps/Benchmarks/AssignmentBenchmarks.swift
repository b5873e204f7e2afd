import NbrunSteps

/// What `nbrun bench` times: the machine's limits, then the kernels and training steps under the names and with the shapes that the
/// comparison with PyTorch uses, then the naive layers.
public let assignmentBenchmarks: [Benchmark] =
  machineBenchmarks + matrixProductBenchmarks + layerBenchmarks + trainingBenchmarks + naiveBenchmarks
