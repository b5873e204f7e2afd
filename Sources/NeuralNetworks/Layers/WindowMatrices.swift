import Tensors

/// A convolution of some geometry as products with the matrix of an image's windows, image by image.
///
/// Images are shared out among the threads; sums over images are formed in an order that does not depend on them.
struct WindowMatrices {
  private let g: ConvolutionGeometry
  /// C·HH·WW: the length of a filter, and the rows of the matrix of windows.
  private let filterLength: Int
  /// H′·W′: the columns of the matrix of windows.
  private let windows: Int

  init(_ geometry: ConvolutionGeometry) {
    g = geometry
    filterLength = geometry.channels * geometry.filterHeight * geometry.filterWidth
    windows = geometry.outputHeight * geometry.outputWidth
  }

  private var imageSize: Int { g.channels * g.height * g.width }
  private var outputSize: Int { g.filters * windows }

  /// output[n] = w · windows(x[n]) + b.
  func convolve<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let biases = b.elements
    return Tensor(shape: g.outputShape) { output in
      withPointers(x, w) { x, w in
        guard let output = output.baseAddress else { return }
        ThreadPool.shared.run(count: g.images) { n in
          let result = output + n * outputSize
          for f in 0..<g.filters { (result + f * windows).update(repeating: biases[f], count: windows) }
          withWindowMatrix { matrix in
            unfold(x + n * imageSize, into: matrix)
            matrixProduct(
              MatrixProductShape(rows: g.filters, columns: windows, depth: filterLength),
              MatrixOperand(w, rowStride: filterLength), MatrixOperand(matrix, rowStride: windows),
              into: result, isAccumulating: true)
          }
        }
      }
    }
  }

  /// dx[n] = fold(wᵀ · dout[n]).
  func inputGradient<Scalar: TensorScalar>(_ dout: Tensor<Scalar>, _ w: Tensor<Scalar>) -> Tensor<Scalar> {
    Tensor(shape: g.inputShape) { dx in
      withPointers(dout, w) { dout, w in
        guard let dx = dx.baseAddress else { return }
        ThreadPool.shared.run(count: g.images) { n in
          withWindowMatrix { matrix in
            matrixProduct(
              MatrixProductShape(rows: filterLength, columns: windows, depth: g.filters),
              MatrixOperand(w, rowStride: filterLength, isTransposed: true),
              MatrixOperand(dout + n * outputSize, rowStride: windows),
              into: matrix)
            fold(matrix, into: dx + n * imageSize)
          }
        }
      }
    }
  }

  /// dw = Σ dout[n] · windows(x[n])ᵀ and db = Σ dout[n], over all images.
  func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ x: Tensor<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    // A fixed number of partial sums, whatever the number of threads: the result is the same for all.
    let parts = min(8, max(g.images, 1))
    var partial = Tensor<Scalar>.zeros([parts, g.filters, filterLength])
    partial.withUnsafeMutableBufferPointer { partial in
      withPointers(dout, x) { dout, x in
        guard let partial = partial.baseAddress else { return }
        ThreadPool.shared.run(count: parts) { part in
          withWindowMatrix { matrix in
            for n in part * g.images / parts..<(part + 1) * g.images / parts {
              unfold(x + n * imageSize, into: matrix)
              matrixProduct(
                MatrixProductShape(rows: g.filters, columns: filterLength, depth: windows),
                MatrixOperand(dout + n * outputSize, rowStride: windows),
                MatrixOperand(matrix, rowStride: windows, isTransposed: true),
                into: partial + part * g.filters * filterLength, isAccumulating: true)
            }
          }
        }
      }
    }
    let db = dout.reshaped([g.images, g.filters, windows]).sum(axes: [2]).sumOfRows()
    return (partial.reshaped([parts, g.filters * filterLength]).sumOfRows().reshaped(g.filterShape), db)
  }

  private func withWindowMatrix<Scalar: TensorScalar>(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    var matrix = Tensor<Scalar>(unsafeUninitialized: [filterLength, windows])
    matrix.withUnsafeMutableBufferPointer { elements in
      if let start = elements.baseAddress { body(start) }
    }
  }

  /// Lays out the windows of one image as the columns of a matrix.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func unfold<Scalar: TensorScalar>(
    _ image: UnsafePointer<Scalar>, into matrix: UnsafeMutablePointer<Scalar>
  ) {
    forEachRun { row, source, run in
      let target = matrix + row
      target.update(repeating: 0, count: run.lowerBound)
      for column in run { target[column] = image[source + column * g.stride] }
      (target + run.upperBound).update(repeating: 0, count: g.outputWidth - run.upperBound)
    }
  }

  /// Adds the columns of a matrix of windows back to their places in one image.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func fold<Scalar: TensorScalar>(
    _ matrix: UnsafePointer<Scalar>, into image: UnsafeMutablePointer<Scalar>
  ) {
    image.update(repeating: 0, count: imageSize)
    forEachRun { row, source, run in
      let values = matrix + row
      for column in run { image[source + column * g.stride] += values[column] }
    }
  }

  /// Calls `body` for each row of windows under each element of a filter: where the row starts in the matrix, where its
  /// column 0 would be in the image, and which of its columns lie inside the image and not in the padding.
  @inline(__always)
  private func forEachRun(_ body: (_ row: Int, _ source: Int, _ run: Range<Int>) -> Void) {
    var row = 0
    for c in 0..<g.channels {
      for i in 0..<g.filterHeight {
        for j in 0..<g.filterWidth {
          // Column s of the output looks at column s·stride + j − padding of the image.
          let first = min(g.outputWidth, max(0, (g.padding - j + g.stride - 1) / g.stride))
          let end = max(first, min(g.outputWidth, (g.width + g.padding - j + g.stride - 1) / g.stride))
          for r in 0..<g.outputHeight {
            let y = r * g.stride + i - g.padding
            let isInside = y >= 0 && y < g.height
            body(row, (c * g.height + y) * g.width + j - g.padding, isInside ? first..<end : 0..<0)
            row += g.outputWidth
          }
        }
      }
    }
  }
}

/// Calls `body` with the elements of two tensors, unless one is empty.
@inline(__always)
private func withPointers<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ body: (UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void
) {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      if let a = a.baseAddress, let b = b.baseAddress { body(a, b) }
    }
  }
}
