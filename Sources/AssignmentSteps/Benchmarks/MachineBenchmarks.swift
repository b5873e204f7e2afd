import NbrunSteps
import NbrunTensors

/// The peak of floating-point arithmetic of one core, and the bandwidth of memory on all threads.
let machineBenchmarks: [Benchmark] = [
  Benchmark(name: Benchmark.peakName, operations: Double(MachineMeasurements.operationsOnThread)) { _ in
    { MachineMeasurements.multiplyAndAdd() }
  },
  Benchmark(name: "machine/memory-read", bytes: Double(4 * streamedCount)) { threads in
    let device = Device(threads: threads)
    let numbers = Tensor<Float>(repeating: 0.5, shape: [streamedCount], on: device)
    return { numbers.withUnsafeBufferPointer { _ = sumOfSquares($0.baseAddress!, count: streamedCount, on: device) } }
  },
  Benchmark(name: "machine/memory-copy", bytes: Double(8 * streamedCount)) { threads in
    let device = Device(threads: threads)
    let source = Tensor<Float>(repeating: 0.5, shape: [streamedCount], on: device)
    var target = Tensor<Float>(unsafeUninitialized: source.shape, on: device)
    return {
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer {
          rectify(source.baseAddress!, into: $0.baseAddress!, count: streamedCount, on: device)
        }
      }
    }
  },
]

/// Floats of 256 MB: more than any cache holds.
private let streamedCount = 1 << 26
