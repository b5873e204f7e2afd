import Steps
import Tensors

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
  ) {
    let left = BenchmarkBuffer(count: rows * depth)
    let right = BenchmarkBuffer(count: depth * columns)
    let result = BenchmarkBuffer(count: rows * columns)
    return {
      matrixProduct(
        MatrixProductShape(rows: rows, columns: columns, depth: depth), MatrixOperand(left.pointer, rowStride: depth),
        MatrixOperand(right.pointer, rowStride: columns), into: result.pointer)
    }
  }
}
