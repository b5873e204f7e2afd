import NbrunTensors

/// The elements of a tensor with four axes under four indices, for the naive layers' loops.
///
/// Indices are not checked: a layer checks its shapes once, where it is entered.
struct Elements4<Scalar: TensorScalar> {
  private let start: UnsafeMutablePointer<Scalar>
  private let strides: (Int, Int, Int)

  @inline(__always) private init(_ start: UnsafeMutablePointer<Scalar>, _ shape: Shape) {
    self.start = start
    strides = (shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3])
  }

  @inline(__always) subscript(a: Int, b: Int, c: Int, d: Int) -> Scalar {
    get { start[a &* strides.0 &+ b &* strides.1 &+ c &* strides.2 &+ d] }
    nonmutating set { start[a &* strides.0 &+ b &* strides.1 &+ c &* strides.2 &+ d] = newValue }
  }

  /// Calls `body` with the elements of `x`, to be read.
  @inline(__always) static func reading(_ x: Tensor<Scalar>, _ body: (Elements4) -> Void) {
    x.withUnsafeBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      body(Elements4(UnsafeMutablePointer(mutating: start), x.shape))
    }
  }

  /// Calls `body` with the elements of `x`, to be written.
  @inline(__always) static func writing(_ x: inout Tensor<Scalar>, _ body: (Elements4) -> Void) {
    let shape = x.shape
    x.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      body(Elements4(start, shape))
    }
  }

  /// Calls `body` with the elements of `x`, to be read, and of `y`, to be written.
  @inline(__always)
  static func access(_ x: Tensor<Scalar>, writing y: inout Tensor<Scalar>, _ body: (Elements4, Elements4) -> Void) {
    reading(x) { x in
      writing(&y) { y in body(x, y) }
    }
  }

  /// Calls `body` with the elements of `x1` and `x2`, to be read, and of `y`, to be written.
  @inline(__always)
  static func access(
    _ x1: Tensor<Scalar>, _ x2: Tensor<Scalar>, writing y: inout Tensor<Scalar>,
    _ body: (Elements4, Elements4, Elements4) -> Void
  ) {
    reading(x1) { x1 in
      access(x2, writing: &y) { x2, y in body(x1, x2, y) }
    }
  }

  /// Calls `body` with the elements of `x1` to `x3`, to be read, and of `y1` and `y2`, to be written.
  @inline(__always)
  static func access(
    _ x1: Tensor<Scalar>, _ x2: Tensor<Scalar>, _ x3: Tensor<Scalar>, writing y1: inout Tensor<Scalar>,
    _ y2: inout Tensor<Scalar>, _ body: (Elements4, Elements4, Elements4, Elements4, Elements4) -> Void
  ) {
    reading(x1) { x1 in writing(&y1) { y1 in access(x2, x3, writing: &y2) { x2, x3, y2 in body(x1, x2, x3, y1, y2) } } }
  }
}

extension Tensor {
  /// The images, N×C×H×W, with `padding` rows and columns of zeros around each; a negative number takes as many away.
  func padded(by padding: Int) -> Tensor {
    guard padding != 0 else { return self }
    let (height, width) = (shape[2] + 2 * padding, shape[3] + 2 * padding)
    let (rows, columns) = (Swift.min(height, shape[2]), Swift.min(width, shape[3]))
    let (added, removed) = (Swift.max(padding, 0), Swift.max(-padding, 0))
    var result = Tensor.zeros([shape[0], shape[1], height, width])
    let target = result.elementsToWrite()
    withPointers(self) { source in
      for plane in 0..<shape[0] * shape[1] {
        for row in 0..<rows {
          let from = source + ((plane * shape[2] + row + removed) * shape[3] + removed)
          (target + ((plane * height + row + added) * width + added)).update(from: from, count: columns)
        }
      }
    }
    return result
  }
}
