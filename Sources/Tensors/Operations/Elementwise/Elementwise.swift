import NbrunKernels

/// ReLU, element by element: zero where the input is negative. NaN stays NaN.
///
/// - Parameter output: `count` numbers; may be the input.
package func rectify<Scalar: KernelScalar>(
  _ input: UnsafePointer<Scalar>, into output: UnsafeMutablePointer<Scalar>, count: Int, on device: Device
) {
  device.threads.runInPieces(of: elementsAtOnce, count: count) { piece in
    Scalar.run(Rectification(input: input + piece.lowerBound, output: output + piece.lowerBound, count: piece.count))
  }
}

/// The gradient of ReLU: the output's gradient times 1 where the output is positive, times 0 elsewhere.
///
/// - Parameters:
///   - output: The output of ReLU, or its input.
///   - result: `count` numbers; may be `gradient`.
package func rectifyGradient<Scalar: KernelScalar>(
  _ gradient: UnsafePointer<Scalar>, output: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>,
  count: Int, on device: Device
) {
  device.threads.runInPieces(of: elementsAtOnce, count: count) { piece in
    let start = piece.lowerBound
    Scalar.run(
      RectificationGradient(
        gradient: gradient + start, output: output + start, result: result + start, count: piece.count))
  }
}

/// The sum of a matrix's rows, each column by itself: of 64 rows at a time from the first to the last, of these sums in the same
/// way, and so on, so that rounding grows with the logarithm of the number of rows.
///
/// - Parameters:
///   - input: rows × columns, row-major.
///   - result: `columns` numbers.
package func sumRows<Scalar: KernelScalar>(
  _ input: UnsafePointer<Scalar>, rows: Int, columns: Int, into result: UnsafeMutablePointer<Scalar>,
  on device: Device
) {
  let rowsAtOnce = 64
  let groups = (rows + rowsAtOnce - 1) / rowsAtOnce
  func sum(group: Int, into result: UnsafeMutablePointer<Scalar>) {
    let first = group * rowsAtOnce
    device.threads.runInPieces(of: 256, count: columns) { piece in
      Scalar.run(
        RowSums(
          input: input + (first * columns + piece.lowerBound), rows: min(rowsAtOnce, rows - first),
          columns: piece.count, rowStride: columns, result: result + piece.lowerBound))
    }
  }
  guard groups > 1 else { return sum(group: 0, into: result) }
  withScratch(of: Scalar.self, count: groups * columns, on: device) { sums in
    for group in 0..<groups { sum(group: group, into: sums + group * columns) }
    sumRows(sums, rows: groups, columns: columns, into: result, on: device)
  }
}

/// The sum of the squares of `count` numbers: those of pieces of a fixed size, added in their order in `Double`.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func sumOfSquares<Scalar: KernelScalar>(
  _ input: UnsafePointer<Scalar>, count: Int, on device: Device
) -> Double {
  let pieces = (count + elementsAtOnce - 1) / elementsAtOnce
  return withScratch(of: Scalar.self, count: pieces, on: device) { sums in
    device.threads.runInPieces(of: elementsAtOnce, count: count) { piece in
      Scalar.run(
        SquareSum(
          input: input + piece.lowerBound, count: piece.count, result: sums + piece.lowerBound / elementsAtOnce))
    }
    return (0..<pieces).reduce(0.0) { $0 + Double(sums[$1]) }
  }
}
