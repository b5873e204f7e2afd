import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// Evenly spaced numbers through max pooling, against an output that is known to be right.
struct MaxPoolForwardExample: Step {
  static let name: StepName = "max-pool-forward-example"
  static let summary = "Pools evenly spaced numbers, naively, and compares the output with given numbers."

  @Parameter("Shape of the images, [N, C, H, W].", each: 1..., count: 4) var inputShape = [2, 3, 4, 4]
  @Parameter("Their first and last number.", each: -1e6...1e6, count: 2) var inputRange = [-0.3, 0.4]
  @Parameter("Size of each pooling window: 2, or [2, 3] for height and width.") var poolSize: WindowSize = 2
  @Parameter("Distance between neighbouring windows, in pixels.", in: 1...) var stride = 2
  @Parameter("What the layer should give, N×C×H′×W′ as nested lists.") var expected: [[[[Double]]]]

  var metrics: [Metric] { [.expectedDifference] }

  func validate() throws {
    let input = try shape(inputShape, of: "input-shape")
    let geometry = try checking("pool-size") {
      try PoolingGeometry(input: input, windowHeight: poolSize.height, windowWidth: poolSize.width, stride: stride)
    }
    try checkExpected(expected, shape: geometry.outputShape)
  }

  func run(in cell: Cell) throws {
    let x = Tensor<Double>.linspace(inputRange, shape: Shape(inputShape))
    let windows = PoolingWindows(height: poolSize.height, width: poolSize.width, stride: stride)

    let output = NaiveMaxPooling(windows).forward(x).y

    print("Testing naive max pooling, forward")
    cell.report("difference", relativeError(output, try Tensor(nested: expected)), as: "difference: ")
  }
}
