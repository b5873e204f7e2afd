extension Tensor {
  /// The sum of all elements, by pairwise summation.
  public func sum() -> Scalar {
    withUnsafeBufferPointer { x in x.baseAddress.map { pairwiseSum($0, count: x.count) } ?? 0 }
  }

  /// The mean of all elements; NaN where there are none.
  public func mean() -> Scalar { sum() / Scalar(count) }

  /// The uncorrected standard deviation of all elements, as `numpy.std`.
  public func standardDeviation() -> Scalar { standardDeviation(axes: Array(shape.dimensions.indices)).sum() }

  /// The largest element; NaN where one is NaN. Traps where there is none.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func max() -> Scalar {
    withUnsafeBufferPointer { x in
      guard !x.isEmpty else { fatalError("a tensor of shape \(shape) has no largest element") }
      return x.reduce(x[0]) { .propagatingMaximum($0, $1) }
    }
  }

  /// Whether no element is NaN or infinite.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func isFinite() -> Bool {
    withUnsafeBufferPointer { x in x.allSatisfy(\.isFinite) }
  }

  /// The smallest element; NaN where one is NaN. Traps where there is none.
  public func min() -> Scalar { -(-self).max() }

  /// The sums over `axes`, which the result lacks.
  public func sum(axes: [Int]) -> Tensor { reduced(axes: axes) { pairwiseSum($0, count: $1) } }

  /// The means over `axes`, which the result lacks.
  public func mean(axes: [Int]) -> Tensor { reduced(axes: axes) { pairwiseSum($0, count: $1) / Scalar($1) } }

  /// The uncorrected variances over `axes`, which the result lacks.
  public func variance(axes: [Int]) -> Tensor {
    reduced(axes: axes) { x, count in
      let mean = pairwiseSum(x, count: count) / Scalar(count)
      let squares = [Scalar](unsafeUninitializedCapacity: count) { squares, initialized in
        for i in 0..<count { squares[i] = (x[i] - mean) * (x[i] - mean) }
        initialized = count
      }
      return pairwiseSum(squares, count: count) / Scalar(count)
    }
  }

  /// The uncorrected standard deviations over `axes`, which the result lacks.
  public func standardDeviation(axes: [Int]) -> Tensor { variance(axes: axes).map { $0.squareRoot() } }

  /// For each row of a matrix, the place of its first largest element, as `numpy.argmax`: a NaN counts as the largest.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func argmaxOfRows() -> [Int] {
    guard shape.rank == 2 && shape[1] > 0 else {
      fatalError("a tensor of shape \(shape) has no rows with a largest element")
    }
    let width = shape[1]
    return withUnsafeBufferPointer { x in
      (0..<shape[0]).map { row in
        var best = 0
        for column in 1..<Swift.max(width, 1) {
          let (candidate, current) = (x[row * width + column], x[row * width + best])
          if candidate > current || (candidate.isNaN && !current.isNaN) { best = column }
        }
        return best
      }
    }
  }

  /// Reduces over `axes`: brings them last, where each group of elements lies together, and applies `reduce` to each.
  private func reduced(axes: [Int], _ reduce: (UnsafePointer<Scalar>, Int) -> Scalar) -> Tensor {
    let axes = axes.map { $0 < 0 ? $0 + shape.rank : $0 }
    guard Set(axes).count == axes.count && axes.allSatisfy(shape.dimensions.indices.contains) else {
      fatalError("\(axes) are no axes of a tensor of shape \(shape)")
    }
    let kept = shape.dimensions.indices.filter { !axes.contains($0) }
    let order = kept + axes.sorted()
    let groups = order == Array(shape.dimensions.indices) ? self : transposed(order)
    let length = axes.reduce(1) { $0 * shape[$1] }
    return Tensor(shape: Shape(kept.map { shape[$0] }), on: device) { result in
      groups.withUnsafeBufferPointer { x in
        guard let start = x.baseAddress else { return }
        for i in result.indices { result[i] = reduce(start + i * length, length) }
      }
    }
  }
}

/// The assignment's measure of difference: the largest |a − b| / max(10⁻⁸, |a| + |b|) over all elements.
///
/// NaN where any of them is NaN; 0 for tensors without elements.
public func relativeError<Scalar: TensorScalar>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Double {
  guard a.shape == b.shape else { fatalError("the error between shapes \(a.shape) and \(b.shape) is not defined") }
  var largest = 0.0
  a.withUnsafeBufferPointer { x in
    b.withUnsafeBufferPointer { y in
      for i in x.indices {
        let (p, q) = (Double(x[i]), Double(y[i]))
        let error = (p - q).magnitude / .propagatingMaximum(1e-8, p.magnitude + q.magnitude)
        largest = .propagatingMaximum(largest, error)
      }
    }
  }
  return largest
}
