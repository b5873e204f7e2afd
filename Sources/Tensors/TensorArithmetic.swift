extension Tensor {
  /// The tensor of `transform` applied to each element.
  @inlinable public func map<Result: TensorScalar>(_ transform: (Scalar) throws -> Result) rethrows -> Tensor<Result> {
    try Tensor<Result>(shape: shape, on: device) { result in
      try withUnsafeBufferPointer { x in for i in x.indices { result[i] = try transform(x[i]) } }
    }
  }

  /// The same numbers as another type, rounded to the nearest where that one is narrower.
  @specialized(where Scalar == Float, Other == Double) @specialized(where Scalar == Double, Other == Float)
  public func cast<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    if let same = self as? Tensor<Other> { return same }
    return map { Other($0) }
  }

  /// `combine` applied to the elements of two tensors whose shapes meet under NumPy's broadcasting.
  @inlinable public static func elementwise(_ a: Tensor, _ b: Tensor, _ combine: (Scalar, Scalar) -> Scalar) -> Tensor {
    guard a.shape == b.shape else {
      guard let shape = a.shape.broadcast(with: b.shape) else {
        fatalError("shapes \(a.shape) and \(b.shape) do not meet")
      }
      return elementwise(a.broadcast(to: shape), b.broadcast(to: shape), combine)
    }
    return Tensor(shape: a.shape, on: a.device) { result in
      a.withUnsafeBufferPointer { x in
        b.withUnsafeBufferPointer { y in for i in x.indices { result[i] = combine(x[i], y[i]) } }
      }
    }
  }

  /// The tensor repeated along its axes of length 1, and along new leading ones, to fill `shape`.
  public func broadcast(to shape: Shape) -> Tensor {
    guard self.shape != shape else { return self }
    guard self.shape.broadcast(with: shape) == shape else {
      fatalError("\(self.shape) cannot be broadcast to \(shape)")
    }
    let missing = shape.rank - self.shape.rank
    let ownStrides = self.shape.strides
    let steps = shape.dimensions.indices.map { axis in
      axis < missing || self.shape.dimensions[axis - missing] == 1 ? 0 : ownStrides[axis - missing]
    }
    return gathered(shape: shape, steps: steps)
  }

  /// The tensor whose axis `i` is this one's axis `permutation[i]`, as `numpy.transpose`.
  public func transposed(_ permutation: [Int]) -> Tensor {
    guard permutation.sorted() == Array(shape.dimensions.indices) else {
      fatalError("\(permutation) is no order of the axes of a tensor of shape \(shape)")
    }
    let strides = shape.strides
    return gathered(shape: Shape(permutation.map { shape[$0] }), steps: permutation.map { strides[$0] })
  }

  /// The tensor of `shape` whose neighbours along axis `i` are `steps[i]` elements apart in this one.
  private func gathered(shape result: Shape, steps: [Int]) -> Tensor {
    guard result.elementCount > 0 else { return Tensor(unsafeUninitialized: result, on: device) }
    let inner = result.rank == 0 ? 1 : result[-1]
    let innerStep = steps.last ?? 0
    return Tensor(shape: result, on: device) { target in
      withUnsafeBufferPointer { source in
        var index = [Int](repeating: 0, count: result.rank)
        var from = 0
        var to = 0
        while to < target.count {
          for i in 0..<inner { target[to + i] = source[from + i * innerStep] }
          to += inner
          // Counts up the outer axes like an odometer.
          var axis = result.rank - 2
          while axis >= 0 {
            index[axis] += 1
            from += steps[axis]
            if index[axis] < result[axis] { break }
            from -= result[axis] * steps[axis]
            index[axis] = 0
            axis -= 1
          }
        }
      }
    }
  }
}

// MARK: Operators, element by element

extension Tensor {
  /// The sums of the elements of two tensors, broadcast where their shapes differ.
  @inlinable public static func + (a: Tensor, b: Tensor) -> Tensor { elementwise(a, b) { $0 + $1 } }
  /// The differences of the elements of two tensors, broadcast where their shapes differ.
  @inlinable public static func - (a: Tensor, b: Tensor) -> Tensor { elementwise(a, b) { $0 - $1 } }
  /// The products of the elements of two tensors, broadcast where their shapes differ.
  @inlinable public static func * (a: Tensor, b: Tensor) -> Tensor { elementwise(a, b) { $0 * $1 } }
  /// The quotients of the elements of two tensors, broadcast where their shapes differ.
  @inlinable public static func / (a: Tensor, b: Tensor) -> Tensor { elementwise(a, b) { $0 / $1 } }

  /// The sums of each element and a number.
  @inlinable public static func + (a: Tensor, b: Scalar) -> Tensor { a.map { $0 + b } }
  /// The differences of each element and a number.
  @inlinable public static func - (a: Tensor, b: Scalar) -> Tensor { a.map { $0 - b } }
  /// The products of each element and a number.
  @inlinable public static func * (a: Tensor, b: Scalar) -> Tensor { a.map { $0 * b } }
  /// The quotients of each element and a number.
  @inlinable public static func / (a: Tensor, b: Scalar) -> Tensor { a.map { $0 / b } }
  /// The products of a number and each element.
  @inlinable public static func * (a: Scalar, b: Tensor) -> Tensor { b.map { a * $0 } }

  /// The elements with their signs changed.
  @inlinable public static prefix func - (a: Tensor) -> Tensor { a.map { -$0 } }

  /// Adds `b`, broadcast where its shape is smaller, in place.
  @inlinable public static func += (a: inout Tensor, b: Tensor) { a.combine(with: b) { $0 + $1 } }
  /// Subtracts `b`, broadcast where its shape is smaller, in place.
  @inlinable public static func -= (a: inout Tensor, b: Tensor) { a.combine(with: b) { $0 - $1 } }
  /// Multiplies by `b`, broadcast where its shape is smaller, in place.
  @inlinable public static func *= (a: inout Tensor, b: Tensor) { a.combine(with: b) { $0 * $1 } }
  /// Multiplies by a number in place.
  @inlinable public static func *= (a: inout Tensor, b: Scalar) {
    a.withUnsafeMutableBufferPointer { x in for i in x.indices { x[i] *= b } }
  }

  /// Replaces each element by `operation` of it and the one of `other`, broadcast where that is smaller.
  @inlinable public mutating func combine(with other: Tensor, _ operation: (Scalar, Scalar) -> Scalar) {
    let other = other.broadcast(to: shape)
    withUnsafeMutableBufferPointer { x in
      other.withUnsafeBufferPointer { y in for i in x.indices { x[i] = operation(x[i], y[i]) } }
    }
  }
}
