import Steps
import Tensors

/// The peak of floating-point arithmetic of one core, and the bandwidth of memory on all threads.
let machineBenchmarks: [Benchmark] = [
  Benchmark(name: Benchmark.peakName, operations: Double(MachineMeasurements.operationsOnThread)) {
    { MachineMeasurements.multiplyAndAdd() }
  },
  Benchmark(name: "machine/memory-read", bytes: Double(4 * streamedCount)) {
    let numbers = BenchmarkBuffer(count: streamedCount)
    return { _ = sumOfSquares(numbers.pointer, count: streamedCount) }
  },
  Benchmark(name: "machine/memory-copy", bytes: Double(8 * streamedCount)) {
    let (source, target) = (BenchmarkBuffer(count: streamedCount), BenchmarkBuffer(count: streamedCount))
    return { rectify(source.pointer, into: target.pointer, count: streamedCount) }
  },
]

/// Floats of 256 MB: more than any cache holds.
private let streamedCount = 1 << 26
