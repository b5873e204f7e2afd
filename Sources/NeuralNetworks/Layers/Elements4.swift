import NbrunTensors

/// The elements of a tensor with four axes under four indices, for the naive layers' loops.
///
/// Indices are not checked: a layer checks its shapes once, where it is entered.
struct Elements4<Scalar: TensorScalar> {
  private let start: UnsafeMutablePointer<Scalar>
  private let strides: (Int, Int, Int)
  /// What is read is kept.
  private let source: Tensor<Scalar>?

  /// The elements of `x`, to be read.
  @inline(__always) init(_ x: Tensor<Scalar>) {
    self.init(x.withUnsafeBufferPointer { UnsafeMutablePointer(mutating: $0.baseAddress!) }, x.shape, x)
  }

  /// The elements of `y`, to be written: the caller still has it when they are.
  @inline(__always) init(writing y: inout Tensor<Scalar>) { self.init(y.elementsToWrite(), y.shape, nil) }

  @inline(__always)
  private init(_ start: UnsafeMutablePointer<Scalar>, _ shape: Shape, _ source: Tensor<Scalar>?) {
    (self.start, self.source) = (start, source)
    strides = (shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3])
  }

  @inline(__always) subscript(a: Int, b: Int, c: Int, d: Int) -> Scalar {
    get { start[a &* strides.0 &+ b &* strides.1 &+ c &* strides.2 &+ d] }
    nonmutating set { start[a &* strides.0 &+ b &* strides.1 &+ c &* strides.2 &+ d] = newValue }
  }
}

extension Tensor {
  /// The images, N×C×H×W, with `padding` rows and columns of zeros around each; a negative number takes as many away.
  func padded(by padding: Int) -> Tensor {
    guard padding != 0 else { return self }
    let (height, width) = (shape[2] + 2 * padding, shape[3] + 2 * padding)
    let (rows, columns) = (Swift.min(height, shape[2]), Swift.min(width, shape[3]))
    let (added, removed) = (Swift.max(padding, 0), Swift.max(-padding, 0))
    var result = Tensor.zeros([shape[0], shape[1], height, width], on: device)
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
