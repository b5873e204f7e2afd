/// The largest number of each window, and its offset in the window, counted row by row. The first of equal numbers counts; the
/// first NaN wins over everything.
@usableFromInline package struct MaxPooling<Scalar: KernelScalar>: Kernel {
  @usableFromInline let windows: PoolingGeometry
  /// planes × height × width.
  @usableFromInline let input: UnsafePointer<Scalar>
  /// planes × output height × output width.
  @usableFromInline let output: UnsafeMutablePointer<Scalar>
  /// For each output the offset in its window of the number that it is, counted row by row.
  @usableFromInline let argmax: UnsafeMutablePointer<UInt8>
  /// Whether ReLU is applied: outputs that are not positive become zero (NaN stays) and have no argmax.
  @usableFromInline let isRectified: Bool

  @inlinable
  package init(
    windows: PoolingGeometry, input: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>,
    argmax: UnsafeMutablePointer<UInt8>, isRectified: Bool
  ) {
    (self.windows, self.input) = (windows, input)
    (self.output, self.argmax, self.isRectified) = (output, argmax, isRectified)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let outputHeight = windows.outputHeight
    let outputWidth = windows.outputWidth
    for plane in 0..<windows.planes {
      for row in 0..<outputHeight {
        let top = input + (plane * windows.height + row * windows.stride) * windows.width
        let start = (plane * outputHeight + row) * outputWidth
        var column = 0
        if windows.arePairs {
          while column + Vector.width <= outputWidth {
            pairs(Vector.self, top + 2 * column, start + column)
            column += Vector.width
          }
        }
        for column in column..<outputWidth { window(top + column * windows.stride, start + column) }
      }
    }
  }

  /// A vector of windows of 2 × 2.
  @inlinable @inline(__always)
  func pairs<Vector: KernelVector<Scalar>>(_: Vector.Type, _ top: UnsafePointer<Scalar>, _ index: Int) {
    let bottom = top + windows.width
    let upper = Vector(loading: top).deinterleaved(with: Vector(loading: top + Vector.width))
    let lower = Vector(loading: bottom).deinterleaved(with: Vector(loading: bottom + Vector.width))
    var best = upper.even
    var offsets = Vector.offsets(repeating: 0)
    var wins = upper.odd.beats(best)
    best = best.replacing(with: upper.odd, where: wins)
    offsets = Vector.replacing(offsets, with: 1, where: wins)
    wins = lower.even.beats(best)
    best = best.replacing(with: lower.even, where: wins)
    offsets = Vector.replacing(offsets, with: 2, where: wins)
    wins = lower.odd.beats(best)
    best = best.replacing(with: lower.odd, where: wins)
    offsets = Vector.replacing(offsets, with: 3, where: wins)
    if isRectified {
      offsets = Vector.replacing(offsets, with: PoolingGeometry.noArgmax, where: best.isNotPositive())
      best = best.rectified()
    }
    best.store(to: output + index)
    Vector.store(offsets, to: argmax + index)
  }

  /// One window of any size.
  @inlinable @inline(__always) func window(_ corner: UnsafePointer<Scalar>, _ index: Int) {
    var best = corner[0]
    var offset = 0
    for row in 0..<windows.windowHeight {
      for column in 0..<windows.windowWidth {
        let candidate = corner[row * windows.width + column]
        if !(candidate <= best) && best == best {
          best = candidate
          offset = row * windows.windowWidth + column
        }
      }
    }
    if isRectified && !(best > 0) {
      output[index] = best < 0 ? 0 : best
      argmax[index] = PoolingGeometry.noArgmax
    } else {
      output[index] = best
      argmax[index] = UInt8(truncatingIfNeeded: offset)
    }
  }
}

/// The gradient with respect to the input of a pooling: the largest of each window receives the window's gradient, and where
/// windows overlap, the sum.
@usableFromInline package struct MaxPoolingGradient<Scalar: KernelScalar>: Kernel {
  @usableFromInline let windows: PoolingGeometry
  /// The gradient of the output: planes × output height × output width.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// For each output the offset in its window of the number that it is, counted row by row.
  @usableFromInline let argmax: UnsafePointer<UInt8>
  /// The gradient of the input: planes × height × width, all of it written.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    windows: PoolingGeometry, gradient: UnsafePointer<Scalar>, argmax: UnsafePointer<UInt8>,
    result: UnsafeMutablePointer<Scalar>
  ) {
    (self.windows, self.gradient, self.argmax, self.result) = (windows, gradient, argmax, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let outputHeight = windows.outputHeight
    let outputWidth = windows.outputWidth
    let isVectorised =
      windows.arePairs && windows.height % 2 == 0 && windows.width == 2 * outputWidth && outputWidth % Vector.width == 0
    for plane in 0..<windows.planes {
      let target = result + plane * windows.height * windows.width
      let start = plane * outputHeight * outputWidth
      if isVectorised {
        for row in 0..<outputHeight {
          var column = 0
          while column < outputWidth {
            pairs(Vector.self, start + row * outputWidth + column, target + (2 * row * windows.width + 2 * column))
            column += Vector.width
          }
        }
      } else {
        for index in 0..<windows.height * windows.width { target[index] = 0 }
        for row in 0..<outputHeight {
          for column in 0..<outputWidth {
            let index = start + row * outputWidth + column
            let offset = Int(argmax[index])
            if offset == Int(PoolingGeometry.noArgmax) { continue }
            let y = row * windows.stride + offset / windows.windowWidth
            let x = column * windows.stride + offset % windows.windowWidth
            target[y * windows.width + x] += gradient[index]
          }
        }
      }
    }
  }

  /// A vector of windows of 2 × 2.
  @inlinable @inline(__always)
  func pairs<Vector: KernelVector<Scalar>>(_: Vector.Type, _ index: Int, _ corner: UnsafeMutablePointer<Scalar>) {
    let values = Vector(loading: gradient + index)
    let offsets = Vector.loadOffsets(argmax + index)
    let upper = values.keeping(offsets, equalTo: 0).interleaved(with: values.keeping(offsets, equalTo: 1))
    let lower = values.keeping(offsets, equalTo: 2).interleaved(with: values.keeping(offsets, equalTo: 3))
    upper.first.store(to: corner)
    upper.second.store(to: corner + Vector.width)
    lower.first.store(to: corner + windows.width)
    lower.second.store(to: corner + windows.width + Vector.width)
  }
}
