import NbrunRandomNumbers
import NbrunTensors
import Testing

@testable import NbrunNeuralNetworks

struct SteadyStateTests {
  /// On one thread, so that each step takes the same; in a process of its own, where no other test takes what a step that forgets
  /// its device would: buffers straight from the system.
  @Test func fromTheSecondEpochOnATrainingAsksTheSystemForNoBuffer() async {
    await #expect(processExitsWith: .success) {
      let device = Device(threads: 1)
      var random = NumPyRandom(seed: 0)
      let images = Tensor<Double>.randomNormal([80, 3, 16, 16], from: &random)
      let examples = TensorExamples(images: images, labels: random.randint(0..<10, count: 80))
      var configuration = ThreeLayerConvNetConfiguration()
      (configuration.inputShape, configuration.regularisation) = ([3, 16, 16], 1e-3)
      var settings = SolverSettings()
      (settings.epochs, settings.batchSize) = (6, 20)
      var solver = Solver(
        model: try ThreeLayerConvNet<Float>(configuration, random: &random, on: device), training: examples,
        validation: examples,
        optimiser: Adam(), settings: settings, random: random)
      while solver.progress.epoch < 2 { _ = try solver.step() }
      let count = device.buffers.allocationCount
      let others = Device.serial.buffers.allocationCount
      #expect(count > 0)
      while solver.progress.epoch < 5 { _ = try solver.step() }
      #expect(device.buffers.allocationCount == count)
      #expect(Device.serial.buffers.allocationCount == others)
    }
  }
}
