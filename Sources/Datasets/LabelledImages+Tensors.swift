import Tensors

extension LabelledImages {
  /// The images at `indices` minus `mean` as a tensor, N×3×32×32 for N indices in their order, and their classes.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func minibatch<Scalar: TensorScalar>(
    at indices: [Int], minus mean: [Double], as scalar: Scalar.Type = Scalar.self
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    let shape: Shape = [indices.count, CIFAR10Layout.channelCount, CIFAR10Layout.side, CIFAR10Layout.side]
    let images = Tensor<Scalar>(shape: shape) { gather(indices, minus: mean, into: $0) }
    return (images, indices.map(label))
  }
}
