import NbrunSteps
import NbrunTensors

extension Metric {
  /// What a forward example measures.
  static let expectedDifference = Metric.tolerance(
    "difference", relative: 1e-6, "The greatest relative difference from the given numbers.")
}

extension Tensor {
  /// Evenly spaced numbers from the first to the last of `range`, in row-major order.
  static func linspace(_ range: [Double], shape: Shape) -> Tensor {
    linspace(range[0], range[1], count: shape.elementCount).reshaped(shape)
  }
}

/// Refuses nested lists that are not an output of `shape`.
func checkExpected(_ expected: [[[[Double]]]], shape: Shape) throws {
  let given = try checking("expected") { try Tensor<Double>(nested: expected).shape }
  guard given == shape else {
    throw ParameterError("expected", "the layer gives an output of shape \(shape), but this one is of shape \(given)")
  }
}
