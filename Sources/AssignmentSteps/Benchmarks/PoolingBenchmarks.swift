import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// Max pooling of the assignment's race: 100 × 3 × 32 × 32, windows of 2 × 2.
let poolingBenchmarks: [Benchmark] = [
  Benchmark(name: "max-pool-forward/assignment", bytes: poolingBytes) {
    let data = PoolingData()
    return { data.forward() }
  },
  Benchmark(name: "max-pool-backward/assignment", bytes: poolingBytes) {
    let data = PoolingData()
    data.forward()
    return { data.backward() }
  },
]

private let poolingSizes = PoolingGeometry(
  planes: 300, height: 32, width: 32, windowHeight: 2, windowWidth: 2, stride: 2)
private let poolingBytes = Double(300 * (4 * 1024 + 5 * 256))

/// Random images and room for what pooling makes of them.
private final class PoolingData: @unchecked Sendable {
  private let images = BenchmarkBuffer(count: 300 * 1024)
  private let output = BenchmarkBuffer(count: 300 * 256)
  private let winners = UnsafeMutablePointer<UInt8>.allocate(capacity: 300 * 256)

  deinit { winners.deallocate() }

  func forward() {
    maxPoolForward(poolingSizes, input: images.pointer, output: output.pointer, winners: winners)
  }

  func backward() {
    maxPoolBackward(poolingSizes, gradient: output.pointer, winners: winners, result: images.pointer)
  }
}
