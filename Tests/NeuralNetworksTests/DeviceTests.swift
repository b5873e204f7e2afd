import NbrunRandomNumbers
import NbrunTensors
import Testing

@testable import NbrunNeuralNetworks

/// Whoever makes the first tensor says what computes all that follows.
struct DeviceTests {
  /// In a process of its own, where no other test takes what a layer that forgets its input's device would.
  @Test func everyLayerComputesWhereItsInputIs() async {
    await #expect(processExitsWith: .success) {
      let device = Device(threads: 2)
      for (name, options) in GradientCheckTests.table {
        let layer = try #require(LayerCatalogue.checkable(named: name))
        var random = NumPyRandom(seed: 1)
        let inputs = try layer.makeInputs(options, from: &random, on: device).cast(to: Float.self)
        for variant in layer.variants {
          let others = Device.serial.buffers.allocationCount
          let implementation = layer.implementation(variant, options)
          let (y, cache) = inputs.forward(implementation)
          let gradients = inputs.gradients(of: implementation, cache)
          #expect(y.device === device && gradients.allSatisfy { $0.device === device }, "\(name), \(variant)")
          #expect(Device.serial.buffers.allocationCount == others, "\(name), \(variant)")
        }
      }
    }
  }

  /// A layer of somebody else's that makes what it gives where it likes.
  private struct Stranger: Layer {
    var description: String { "stranger" }
    func plan(for input: Shape) -> LayerPlan { LayerPlan(output: input) }

    func forward<Scalar: TensorScalar>(
      _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
    ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
      (Tensor(x.elements, shape: x.shape), LayerCache(x.shape))
    }

    func backward<Scalar: TensorScalar>(
      _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
    ) -> LayerGradients<Scalar> {
      (Tensor(dy.elements, shape: dy.shape), [])
    }
  }

  @Test func theNextLayerComputesWhereTheFirstDoes() {
    let device = Device(threads: 2)
    let layers = Sequential([Stranger(), Stranger()])
    let (y, cache) = layers.forward(Tensor<Float>(repeating: 1, shape: [2, 3], on: device))
    #expect(y.device === device && layers.backward(y, cache).dx?.device === device)
  }
}
