import Synchronization

/// The layers that gradient checks and races accept, in order.
public enum LayerCatalogue {
  /// The layers of this package.
  public static let standard: [CheckableLayer] = [
    CheckableLayer(
      "convolution", summary: "Convolution of images with filters, plus biases.", settings: .ofConvolution,
      variants: [.init("naive", CheckableNaiveConvolution()), .init("fast", CheckableConvolution())]),
    CheckableLayer(
      "max-pooling", summary: "The largest element of each window.", settings: .ofPooling,
      variants: [.init("naive", CheckableNaiveMaxPooling()), .init("fast", CheckableMaxPooling())]),
    CheckableLayer(
      "affine", summary: "A fully connected layer.", settings: [.units], variants: [.init("fast", CheckableAffine())]),
    CheckableLayer(
      "relu", summary: "The positive part of each element.", settings: [], variants: [.init("fast", CheckableReLU())]),
    CheckableLayer(
      "dropout", summary: "Inverted dropout with a fixed mask.", settings: [],
      variants: [.init("fast", CheckableDropout())]),
    CheckableLayer(
      "batch-normalisation", summary: "Batch normalisation of features.", settings: [],
      variants: [.init("fast", CheckableBatchNormalisation(isSpatial: false))]),
    CheckableLayer(
      "spatial-batch-normalisation", summary: "Batch normalisation of the channels of images.", settings: [],
      variants: [.init("fast", CheckableBatchNormalisation(isSpatial: true))]),
    CheckableLayer(
      "conv-relu", summary: "Convolution and ReLU.", settings: .ofConvolution,
      variants: [.init("fast", CheckableConvReLU())]),
    CheckableLayer(
      "conv-relu-pool", summary: "Convolution, ReLU and max pooling.",
      settings: Set<LayerSetting>.ofConvolution.union(Set<LayerSetting>.ofPooling),
      variants: [.init("fast", CheckableConvReLUPool())]),
    CheckableLayer(
      "affine-relu", summary: "A fully connected layer and ReLU.", settings: [.units],
      variants: [.init("fast", CheckableAffineReLU())]),
    CheckableLayer(
      "softmax-loss", summary: "Cross-entropy of the softmax of scores.", isLoss: true, settings: [],
      variants: [.init("fast", CheckableLoss(function: .softmax))]),
    CheckableLayer(
      "svm-loss", summary: "Hinge loss of a multi-class support vector machine.", isLoss: true, settings: [],
      variants: [.init("fast", CheckableLoss(function: .svm))]),
  ]

  private static let registered = Mutex<[CheckableLayer]>([])

  /// The layers of this package and those that were registered.
  public static var all: [CheckableLayer] { standard + registered.withLock { $0 } }

  /// Adds a layer. Traps when its name is taken.
  public static func register(_ layer: CheckableLayer) {
    guard !all.contains(where: { $0.name == layer.name }) else { fatalError("a layer is called \(layer.name) already") }
    registered.withLock { $0.append(layer) }
  }

  /// The layer of this name, or nil.
  public static func layer(named name: String) -> CheckableLayer? {
    all.first { $0.name == name }
  }
}
