import NbrunNeuralNetworks
import NbrunTensors
import Testing

struct SVMLossTests {
  /// A margin counts from zero on, in the loss and in both gradients: worked out by hand, just below, at and above.
  @Test(arguments: [-0.01, 0, 0.01])
  func marginsCountFromZeroOn(_ margin: Double) {
    let scores = Tensor<Double>([2, 1 + margin, 0], shape: [1, 3])
    let (loss, gradient) = svmLoss(scores, labels: [0])
    let counts = margin > 0 ? 1.0 : 0
    #expect(abs(loss - max(margin, 0)) < 1e-15)
    #expect(gradient == Tensor<Double>([-counts, counts, 0], shape: [1, 3]))
  }
}
