import NbrunTensors

/// A convolution followed by rectified linear units, which the kernel applies before it stores an output.
package struct ConvReLU: RectifiedLayer {
  package var body: Convolution

  /// ReLU behind this convolution.
  package init(_ convolution: Convolution) { body = convolution }

  /// max(0, x ∗ w + b) of images N×C×H×W, filters F×C×HH×WW and biases F.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (output, convolutionCache) = body.forward(x, parameters, isRectified: true)
    let reluCache = LayerCache(output.shape, [output])
    return (output, LayerCache(convolutionCache.inputShape, parts: [convolutionCache, reluCache]))
  }

  // MARK: In a network

  package static let summary = "Convolution and ReLU."
  /// `conv(F) - relu`.
  package static let parts: [any NamedLayer.Type] = [Convolution.self, ReLU.self]
  /// Always.
  package init?(_ layers: [any Layer]) { self.init(layers[0] as! Convolution) }
}
