import NbrunTensors

/// The sizes and settings of a `ThreeLayerConvNet`, with the assignment's defaults.
package struct ThreeLayerConvNetConfiguration: Sendable, Equatable, Codable {
  /// C×H×W of an image.
  package var inputShape: Shape = [3, 32, 32]
  /// How many filters the convolution has.
  package var filters = 32
  /// Height and width of a filter: an odd number, so that the convolution can keep the images' size.
  package var filterSize = 7
  /// How many units the hidden layer has.
  package var hiddenUnits = 100
  /// How many classes there are.
  package var classes = 10
  /// The standard deviation of the initial weights.
  package var weightScale = 1e-3
  /// λ of the L2 penalty ½·λ·Σw².
  package var regularisation = 0.0

  package init() {}

  /// The same network as a line.
  package var line: String { "conv(\(filters), \(filterSize)) - relu - pool - affine(\(hiddenUnits)) - relu - softmax" }

  /// The shapes of the three weights; throws `ShapeError` for sizes that do not meet.
  package func shapes() throws(ShapeError) -> (W1: Shape, W2: Shape, W3: Shape) {
    guard weightScale >= 0, weightScale.isFinite, regularisation.isFinite else {
      throw ShapeError("the weight scale is a number from 0, and the regularisation is finite")
    }
    do {
      let arrays = try ConvNetPlan(NetworkDescription(line), inputShape: inputShape, classes: classes).parameters
      return (arrays[0].shape, arrays[2].shape, arrays[4].shape)
    } catch { throw ShapeError(error.message) }
  }
}
