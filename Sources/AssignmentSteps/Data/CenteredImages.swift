import NbrunDatasets
import NbrunNeuralNetworks
import NbrunTensors

/// Images with the mean image of the training set taken off them: what networks learn from.
struct CenteredImages: ExampleSource {
  let images: LabelledImages
  let mean: [Double]

  var count: Int { images.count }

  func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type, on device: Device
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    images.minibatch(at: indices, minus: mean, as: type, on: device)
  }
}

extension CIFAR10 {
  /// Some of the dataset's images, centered.
  func centered(_ images: LabelledImages) -> CenteredImages { CenteredImages(images: images, mean: meanImage) }
}
