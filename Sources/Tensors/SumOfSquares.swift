extension Tensor {
  /// The sum of the squares of all elements: exact squares of short runs are added up in the tensor's type, runs in `Double`,
  /// in an order that does not depend on the number of threads.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sumOfSquares() -> Double {
    let pieceSize = 1 << 16
    let pieces = (count + pieceSize - 1) / pieceSize
    var sums = [Double](repeating: 0, count: pieces)
    sums.withUnsafeMutableBufferPointer { sums in
      withUnsafeBufferPointer { x in
        guard let start = x.baseAddress, let sums = sums.baseAddress else { return }
        ThreadPool.shared.run(count: pieces) { piece in
          let first = piece * pieceSize
          sums[piece] = Self.sumOfSquares(start + first, count: Swift.min(pieceSize, x.count - first))
        }
      }
    }
    return sums.reduce(0, +)
  }

  /// The sum of `count` squares, runs of 1024 at a time.
  @inline(__always)
  private static func sumOfSquares(_ x: UnsafePointer<Scalar>, count: Int) -> Double {
    var sum = 0.0
    var i = 0
    while i < count {
      let end = Swift.min(count, i + 1024)
      var lanes = (SIMD8<Scalar>(), SIMD8<Scalar>())
      while i + 16 <= end {
        let a = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Scalar>.self)
        let b = UnsafeRawPointer(x + i + 8).loadUnaligned(as: SIMD8<Scalar>.self)
        lanes.0 += a * a
        lanes.1 += b * b
        i += 16
      }
      var run = (lanes.0 + lanes.1).sum()
      while i < end {
        run += x[i] * x[i]
        i += 1
      }
      sum += Double(run)
    }
    return sum
  }
}
