import NbrunTensors

/// Sizes and settings of a layer that is to be checked or raced. A layer uses those that mean something to it.
public struct LayerOptions: Sendable, Equatable {
  /// The input's shape: N×C×H×W for images.
  public var inputShape: Shape
  /// The filters' shape, F×C×HH×WW.
  public var filterShape: Shape = [3, 3, 3, 3]
  /// Distance between neighbouring windows of a convolution.
  public var stride = 1
  /// Rows and columns of zeros around the images of a convolution.
  public var padding = 0
  /// Height of a pooling window.
  public var poolHeight = 2
  /// Width of a pooling window.
  public var poolWidth = 2
  /// Distance between neighbouring pooling windows.
  public var poolStride = 2
  /// The number of outputs of an affine layer.
  public var units = 10
  /// Dropout's probability of dropping.
  public var dropProbability = 0.5
  /// The seed of dropout's mask, the same for each evaluation.
  package var maskSeed: UInt32 = 0
  /// The input is this times standard normal numbers, plus `inputOffset`.
  package var inputScale = 1.0
  /// What is added to the input.
  package var inputOffset = 0.0

  /// Settings for an input of this shape; the others have their defaults.
  public init(inputShape: Shape) { self.inputShape = inputShape }
}

/// The settings that mean something to some layers only.
public enum LayerSetting: String, Sendable, CaseIterable {
  /// `filterShape`
  case filterShape = "filter-shape"
  case stride
  case padding = "pad"
  /// `poolHeight` and `poolWidth`
  case poolSize = "pool-size"
  /// `poolStride`
  case poolStride = "pool-stride"
  case units
}
