import NbrunKernels
import Testing

@Suite("Kernels that treat each number alike or add them up")
struct ElementwiseKernelTests {
  @Test("ReLU and its gradient, NaN and infinite gradients included", arguments: kernelLengths)
  func rectification(count: Int) {
    rectification(count, Float.self)
    rectification(count, Double.self)
  }

  private func rectification<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) {
    var (x, dout) = (eighths(count, seed: 1), eighths(count, seed: 2))
    for index in [count / 2, count - 1] where count > 2 {
      x[index] = .nan
      dout[index - 1] = .infinity
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let (output, result) = (memory.room(count: count), memory.room(count: count))
      memory.run(Rectification(input: memory.input(x), output: output.start, count: count))
      memory.expect(output, x.map { $0 < 0 ? 0 : $0 })
      memory.run(
        RectificationGradient(
          gradient: memory.input(dout), output: memory.input(x), result: result.start, count: count))
      memory.expect(result, zip(dout, x).map { $0 * ($1 > 0 ? 1 : 0) })
    }
  }

  @Test("the sum of squares", arguments: kernelLengths)
  func squareSum(count: Int) {
    squareSum(count, Float.self)
    squareSum(count, Double.self)
  }

  private func squareSum<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) {
    let x = eighths(count, seed: 3)
    KernelMemory<Scalar>.inEachVariant { memory in
      let result = memory.room(count: 1)
      memory.run(SquareSum(input: memory.input(x), count: count, result: result.start))
      memory.expect(result, [x.reduce(0) { $0 + $1 * $1 }])
    }
  }

  @Test("sums of rows, alone or added to what is there", arguments: kernelLengths, [false, true])
  func rowSums(count: Int, isAccumulating: Bool) {
    rowSums(count, isAccumulating, Float.self)
    rowSums(count, isAccumulating, Double.self)
  }

  private func rowSums<Scalar: KernelScalar>(_ count: Int, _ isAccumulating: Bool, _: Scalar.Type) {
    let (rows, rowStride) = (3, count + 2)
    let (matrix, before) = (eighths(rows * rowStride, seed: 4), eighths(count, seed: 5))
    let expected = (0..<count).map { (column: Int) -> Double in
      (0..<rows).reduce(isAccumulating ? before[column] : 0) { (sum: Double, row: Int) -> Double in
        sum + matrix[row * rowStride + column]
      }
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let result = memory.room(before)
      memory.run(
        RowSums(
          input: memory.input(matrix), rows: rows, columns: count, rowStride: rowStride, result: result.start,
          isAccumulating: isAccumulating))
      memory.expect(result, expected)
    }
  }

  @Test("sums of planes, added to what is there", arguments: kernelLengths)
  func planeSums(count: Int) {
    planeSums(count, Float.self)
    planeSums(count, Double.self)
  }

  private func planeSums<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) {
    let (planes, before) = (eighths(3 * count, seed: 6), eighths(3, seed: 7))
    let expected = (0..<3).map { plane in (0..<count).reduce(before[plane]) { $0 + planes[plane * count + $1] } }
    KernelMemory<Scalar>.inEachVariant { memory in
      let result = memory.room(before)
      memory.run(PlaneSums(input: memory.input(planes), planes: 3, planeCount: count, result: result.start))
      memory.expect(result, expected)
    }
  }

  @Test("the machine's peak adds up what it multiplies", arguments: [0, 1, 63, 64, 65, 200])
  func arithmeticPeak(count: Int) {
    KernelMemory<Float>.inEachVariant { memory in
      let columns = 2 * memory.width
      let (row, factors) = (eighths(columns, seed: 8), eighths(69, seed: 9))
      let expected = (0..<6).flatMap { line in
        let sum = (0..<count).reduce(0) { $0 + factors[$1 % 64 + line] }
        return row.map { sum * $0 }
      }
      let result = memory.room(count: 6 * columns)
      memory.run(ArithmeticPeak(numbers: memory.input(row + factors), count: count, result: result.start))
      memory.expect(result, expected)
    }
  }
}
