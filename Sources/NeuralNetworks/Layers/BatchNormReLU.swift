import NbrunTensors

/// Batch normalisation, and rectified linear units in the same pass.
package struct BatchNormReLU: FusedLayer {
  package var normalisation: BatchNormalisation

  /// max(0, bn(x)) of a minibatch N×D or N×C×H×W, gamma and beta.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    normalisation.forwardOverChannels(x, parameters, &pass, isRectified: true)
  }

  /// The gradients with respect to x, gamma and beta.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    normalisation.backwardOverChannels(dy, cache)
  }

  // MARK: In a network

  package static let summary = "Batch normalisation and ReLU."
  /// `batchnorm - relu`.
  package static let parts: [any NamedLayer.Type] = [BatchNormalisation.self, ReLU.self]
  /// Always.
  package init?(_ layers: [any Layer]) { normalisation = layers[0] as! BatchNormalisation }
}
