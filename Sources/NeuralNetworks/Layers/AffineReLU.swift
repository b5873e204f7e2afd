import NbrunTensors

/// A fully connected layer followed by rectified linear units, which take the place of its output.
package struct AffineReLU: RectifiedLayer {
  package var body: Affine

  /// ReLU behind this layer.
  package init(_ affine: Affine) { body = affine }

  /// max(0, x · w + b) of a minibatch N×d₁×…×dₖ, weights D×M and biases M.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (a, affineCache) = body.forward(x, parameters, &pass)
    let (output, reluCache) = ReLU().forward(consume a, [], &pass)
    return (output, LayerCache(affineCache.inputShape, parts: [affineCache, reluCache]))
  }

  // MARK: In a network

  package static let summary = "A fully connected layer and ReLU."
  /// `affine(M) - relu`.
  package static let parts: [any NamedLayer.Type] = [Affine.self, ReLU.self]
  /// Always.
  package init?(_ layers: [any Layer]) { self.init(layers[0] as! Affine) }
}
