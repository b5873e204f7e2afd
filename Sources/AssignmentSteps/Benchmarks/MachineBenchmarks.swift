import NbrunSteps
import NbrunTensors

/// The peak of floating-point arithmetic of one core, and the bandwidth of memory on all threads.
let machineBenchmarks: [Benchmark] = [
  Benchmark(name: Benchmark.peakName, operations: Double(MachineMeasurements.operationsOnThread)) {
    { MachineMeasurements.multiplyAndAdd() }
  },
  Benchmark(name: "machine/memory-read", bytes: Double(4 * streamedCount)) {
    let numbers = Tensor<Float>(repeating: 0.5, shape: [streamedCount])
    return { numbers.withUnsafeBufferPointer { _ = sumOfSquares($0.baseAddress!, count: streamedCount) } }
  },
  Benchmark(name: "machine/memory-copy", bytes: Double(8 * streamedCount)) {
    let source = Tensor<Float>(repeating: 0.5, shape: [streamedCount])
    var target = Tensor<Float>(unsafeUninitialized: source.shape)
    return {
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer {
          rectify(source.baseAddress!, into: $0.baseAddress!, count: streamedCount)
        }
      }
    }
  },
]

/// Floats of 256 MB: more than any cache holds.
private let streamedCount = 1 << 26
