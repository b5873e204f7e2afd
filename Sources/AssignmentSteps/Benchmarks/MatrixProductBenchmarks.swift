import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunSteps
import NbrunTensors

/// Matrix products, rows × depth by depth × columns.
let matrixProductBenchmarks: [Benchmark] = [
  matrixProductBenchmark("1024", rows: 1024, depth: 1024, columns: 1024),
  matrixProductBenchmark("affine-a", rows: 50, depth: 8192, columns: 500),
  matrixProductBenchmark("affine-b", rows: 500, depth: 16384, columns: 500),
  matrixProductBenchmark("filters", rows: 64, depth: 576, columns: 16384),
]

private func matrixProductBenchmark(_ name: String, rows: Int, depth: Int, columns: Int) -> Benchmark {
  Benchmark(
    name: "gemm/\(name)", operations: 2 * Double(rows * depth * columns),
    bytes: 4 * Double(rows * depth + depth * columns + rows * columns)
  ) { threads in
    let device = Device(threads: threads)
    var random = NumPyRandom(seed: 0)
    let left = Tensor<Float>.randomNormal([rows, depth], from: &random, on: device)
    let right = Tensor<Float>.randomNormal([depth, columns], from: &random, on: device)
    var result = Tensor<Float>(unsafeUninitialized: [rows, columns], on: device)
    return {
      let product = result.elementsToWrite()
      withPointers(left, right) { left, right in
        matrixProduct(
          MatrixProductShape(rows: rows, columns: columns, depth: depth), MatrixOperand(left, rowStride: depth),
          MatrixOperand(right, rowStride: columns), into: product, on: device)
      }
    }
  }
}
