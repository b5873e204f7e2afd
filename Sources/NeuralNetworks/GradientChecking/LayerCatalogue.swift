import Synchronization

/// The layers that lines of networks, gradient checks and races accept, in order.
public enum LayerCatalogue {
  package static let standard: [any NamedLayer.Type] = [
    Convolution.self, MaxPooling.self, AveragePooling.self, Affine.self, ReLU.self, Dropout.self,
    BatchNormalisation.self, SpatialBatchNormalisation.self, SoftmaxLoss.self, SVMLoss.self,
  ]

  /// The layers that compute several, the first that applies before the others.
  package static let fused: [any FusedLayer.Type] = [
    ConvReLUPool.self, ConvReLU.self, BatchNormReLU.self, AffineReLU.self,
  ]

  private static let registered = Mutex<[any NamedLayer.Type]>([])

  /// The layers of this package and those that were registered.
  package static var layers: [any NamedLayer.Type] { standard + registered.withLock { $0 } }

  /// What checks and races accept.
  package static var checkable: [CheckableLayer] {
    layers.map { CheckableLayer($0) } + fused.map { CheckableLayer($0) }
  }

  /// Adds a layer. Traps when its name, or its word in lines, is taken.
  public static func register(_ layer: any NamedLayer.Type) {
    let word = layer.kind.syntax?.word
    guard !checkable.contains(where: { $0.name == layer.kind.name }),
      word == nil || !layers.contains(where: { $0.kind.syntax?.word == word })
    else { fatalError("a layer is called \(layer.kind.name) or \(word ?? "") already") }
    registered.withLock { $0.append(layer) }
  }

  /// The layer of this name for checks and races, or nil.
  package static func checkable(named name: String) -> CheckableLayer? {
    layers.first { $0.kind.name == name }.map { CheckableLayer($0) }
      ?? fused.lazy.map { CheckableLayer($0) }.first { $0.name == name }
  }
}
