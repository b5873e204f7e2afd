import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// Evenly spaced numbers through a convolution, against an output that is known to be right.
struct ConvolutionForwardExample: Step {
  static let name: StepName = "convolution-forward-example"
  static let summary = "Convolves evenly spaced numbers, naively, and compares the output with given numbers."

  @Parameter("Shape of the images, [N, C, H, W].", each: 1..., count: 4) var inputShape = [2, 3, 4, 4]
  @Parameter("Their first and last number.", each: -1e6...1e6, count: 2) var inputRange = [-0.1, 0.5]
  @Parameter("Shape of the filters, [F, C, HH, WW].", each: 1..., count: 4) var filterShape = [3, 3, 4, 4]
  @Parameter("Their first and last number.", each: -1e6...1e6, count: 2) var filterRange = [-0.2, 0.3]
  @Parameter("First and last of the biases, one for each filter.", each: -1e6...1e6, count: 2) var biasRange = [
    -0.1, 0.2,
  ]
  @Parameter("Distance between neighbouring windows, in pixels.", in: 1...) var stride = 2
  @Parameter("Rows and columns of zeros around each image.", in: 0...) var pad = 1
  @Parameter("What the layer should give, N×F×H′×W′ as nested lists.") var expected: [[[[Double]]]]

  var metrics: [Metric] { [.expectedDifference] }

  func validate() throws {
    let (input, filters) = (try shape(inputShape, of: "input-shape"), try shape(filterShape, of: "filter-shape"))
    let geometry = try checking("filter-shape") {
      try ConvolutionGeometry(input: input, filters: filters, stride: stride, padding: pad)
    }
    _ = try shape(geometry.paddedShape.dimensions, of: "pad")
    try checkExpected(expected, shape: geometry.outputShape)
  }

  func run(in cell: Cell) throws {
    let x = Tensor<Double>.linspace(inputRange, shape: Shape(inputShape))
    let w = Tensor<Double>.linspace(filterRange, shape: Shape(filterShape))
    let b = Tensor<Double>.linspace(biasRange, shape: [filterShape[0]])

    let output = NaiveConvolution(stride: stride, padding: pad).forward(x, [w, b]).y

    print("Testing the naive convolution, forward")
    cell.report("difference", relativeError(output, try Tensor(nested: expected)), as: "difference: ")
  }
}
