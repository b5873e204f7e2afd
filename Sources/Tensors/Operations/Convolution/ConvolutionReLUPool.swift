import NbrunKernels

/// Convolution, ReLU and max pooling in one: only the pooled numbers and the offsets of the largest leave the cache.
///
/// It takes the direct method whatever the sizes. This is the layer that the assignment's network trains with, and the
/// first steps of a training multiply rounding: with the definition's own sums its float32 losses are those of NumPy to
/// 1e-4, with minimal filtering, whose rounding is another, only to 3e-3.
///
/// - Parameters:
///   - pooling: Windows over the convolution's output; its planes are N·F.
///   - images: N×C×H×W.
///   - filters: F×C×HH×WW.
///   - bias: F numbers.
///   - output: N×F×H″×W″, the pooled output.
///   - argmax: As many offsets as outputs, for the backward pass.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func convolutionReLUPoolForward<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, pooling: PoolingGeometry, images: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>,
  bias: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>, argmax: UnsafeMutablePointer<UInt8>,
  on device: Device
) {
  pooling.requireOffsetsInBytes()
  guard sizes.images > 0, sizes.filters > 0, sizes.outputPlaneCount > 0 else { return }
  // Some filters at a time, whose outputs stay in the cache until they are pooled.
  let direct = DirectConvolution<Scalar>(sizes)
  let partition = direct.partition
  let plane = sizes.outputPlaneCount
  let pooledPlane = pooling.outputPlaneCount
  withScratch(of: Scalar.self, count: direct.packedCount, on: device) { packed in
    direct.packFilters(filters, into: packed, on: device)
    // Not all filters for one image after the other, but a half of them for all images: so a half of the outputs, which the
    // next layer's weights meet, falls to the same threads, and stays in their caches.
    let halves = min(2, partition.count)
    device.threads.run(count: halves * direct.pieces) { index in
      let (half, piece) = index.quotientAndRemainder(dividingBy: direct.pieces)
      withScratch(of: Scalar.self, count: MicroPanelPartition.maximumHeight * plane, on: device) { unpooled in
        direct.prepare(piece: piece, of: images, on: device) { image, prepared, room in
          for microPanel in share(half, of: halves, in: partition.count) {
            let first = partition.start(of: microPanel)
            direct.multiply(
              prepared, microPanel..<microPanel + 1, filters: packed, bias: bias, output: unpooled - first * plane,
              isRectified: false, room: room)
            let offset = (image * sizes.filters + first) * pooledPlane
            Scalar.run(
              MaxPooling(
                windows: pooling.over(planes: partition.start(of: microPanel + 1) - first), input: unpooled,
                output: output + offset, argmax: argmax + offset, isRectified: true))
          }
        }
      }
    }
  }
}

/// The gradients of `convolutionReLUPoolForward` with respect to filters and bias, and to the images where they are wanted.
///
/// Filters and bias get the definition's own sums here too, without the terms that the pooling makes zero if that takes less
/// time; among many channels they are filtered minimally. What they get does not depend on whether the images' gradient is
/// wanted. Images are to be finite.
///
/// - Parameters:
///   - gradient: The gradient of the pooled output, N×F×H″×W″.
///   - argmax: What the forward pass wrote.
///   - filterResult: F×C×HH×WW, all of it written.
///   - biasResult: F numbers, all of them written.
///   - imageResult: N×C×H×W, all of it written; nothing where nobody asks for it.
///   - forced: What computes those of them that it can; else, the best one does.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func convolutionReLUPoolBackward<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, pooling: PoolingGeometry, images: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>,
  gradient: UnsafePointer<Scalar>, argmax: UnsafePointer<UInt8>, filterResult: UnsafeMutablePointer<Scalar>,
  biasResult: UnsafeMutablePointer<Scalar>, imageResult: UnsafeMutablePointer<Scalar>?,
  method forced: ConvolutionMethod? = nil, on device: Device
) {
  guard sizes.images > 0 else {
    filterResult.update(repeating: 0, count: sizes.filters * sizes.taps)
    biasResult.update(repeating: 0, count: sizes.filters)
    return
  }
  let method = ConvolutionMethod.choose(sizes, .pooledFilterGradient(pooling), Scalar.self, forced: forced)
  if imageResult != nil || method == .winograd {
    withScratch(of: Scalar.self, count: sizes.images * sizes.outputCount, on: device) { unpooled in
      maxPoolBackward(pooling, gradient: gradient, argmax: argmax, result: unpooled, on: device)
      if method == .winograd {
        convolutionFilterGradient(
          sizes, images: images, gradient: unpooled, result: filterResult, biasResult: biasResult, method: method,
          on: device)
      }
      if let imageResult {
        convolutionInputGradient(
          sizes, gradient: unpooled, filters: filters, result: imageResult, method: forced, on: device)
      }
    }
  }
  if method == .winograd { return }
  if method == .argmax {
    return PooledFilterGradient<Scalar>(sizes, pooling: pooling).run(
      images: images, gradient: gradient, argmax: argmax, result: filterResult, biasResult: biasResult, on: device)
  }
  let pooledPlane = pooling.outputPlaneCount
  func unpooledGradient(image: Int, filters: Range<Int>, room: UnsafeMutablePointer<Scalar>) -> UnsafePointer<Scalar> {
    let offset = (image * sizes.filters + filters.lowerBound) * pooledPlane
    Scalar.run(
      MaxPoolingGradient(
        windows: pooling.over(planes: filters.count), gradient: gradient + offset, argmax: argmax + offset,
        result: room))
    return UnsafePointer(room)
  }
  DirectFilterGradient<Scalar>(sizes).run(
    images: images, result: filterResult, biasResult: biasResult, on: device, gradient: unpooledGradient)
}
