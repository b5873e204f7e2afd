import NbrunKernels

/// The filters' gradient of a convolution whose outputs are pooled: only the largest of each window has a gradient, so
/// only what the filters covered for it is multiplied.
struct PooledFilterGradient<Scalar: KernelScalar> {
  let sizes: ConvolutionGeometry
  let pooling: PoolingGeometry
  let layout: InterleavedImage
  /// Vectors that a row of a filter takes, columns × channels.
  let rowVectors: Int
  /// How the images are shared out.
  let pieces: Int
  /// How the filters are shared out: so many at a time.
  let filtersAtOnce: Int

  init(_ sizes: ConvolutionGeometry, pooling: PoolingGeometry) {
    (self.sizes, self.pooling) = (sizes, pooling)
    layout = InterleavedImage(
      channels: sizes.channels, height: sizes.height, width: sizes.width, padding: sizes.padding,
      paddedHeight: (sizes.outputHeight - 1) * sizes.stride + sizes.filterHeight,
      paddedWidth: (sizes.outputWidth - 1) * sizes.stride + sizes.filterWidth)
    rowVectors = (sizes.channels * sizes.filterWidth + Scalar.vectorWidth - 1) / Scalar.vectorWidth
    let sums = sizes.filters * sizes.filterHeight * rowVectors * Scalar.vectorWidth
    pieces = max(1, min(8, sizes.images, (1 << 22) / max(sums, 1)))
    filtersAtOnce = max(1, (sizes.filters + 16 / pieces - 1) / (16 / pieces))
  }

  /// Computes the gradients of filters and bias.
  ///
  /// - Parameters:
  ///   - gradient: The gradient of the pooled output.
  ///   - argmax: For each of its numbers the offset of the largest output in its window.
  func run(
    images: UnsafePointer<Scalar>, gradient: UnsafePointer<Scalar>, argmax: UnsafePointer<UInt8>,
    result: UnsafeMutablePointer<Scalar>, biasResult: UnsafeMutablePointer<Scalar>, on device: Device
  ) {
    let windows = pooling.outputPlaneCount
    let rowCount = rowVectors * Scalar.vectorWidth
    let filterSums = sizes.filterHeight * rowCount
    let pieceStride = sizes.filters * (filterSums + 1)
    let bands = (sizes.filters + filtersAtOnce - 1) / filtersAtOnce
    let placed = layout.count + InterleavedImage.slack
    let offsets = argmaxOffsets
    withScratch(of: Scalar.self, count: pieceStride * (pieces + 1), on: device) { sums in
      device.threads.run(count: pieces * bands) { index in
        let piece = index % pieces
        let first = index / pieces * filtersAtOnce
        let range = share(piece, of: pieces, in: sizes.images)
        let target = sums + piece * pieceStride
        withScratch(of: Scalar.self, count: placed + windows, on: device) { scratch in
          for image in range {
            let isFirst = image == range.lowerBound
            Scalar.run(
              ImageInterleaving(
                layout: layout, image: images + image * sizes.imageCount, target: scratch, isFilled: !isFirst))
            let offset = (image * sizes.filters + first) * windows
            let step = pooling.stride * sizes.stride
            offsets.withUnsafeBufferPointer { offsets in
              Scalar.run(
                ArgmaxGradient(
                  image: scratch, rowLength: layout.rowLength,
                  windows: ArgmaxOffsets(
                    rows: pooling.outputHeight, columns: pooling.outputWidth, rowStep: step * layout.rowLength,
                    columnStep: step * sizes.channels, offsets: offsets.baseAddress!),
                  gradient: gradient + offset, argmax: argmax + offset,
                  filterCount: min(filtersAtOnce, sizes.filters - first), filterHeight: sizes.filterHeight,
                  rowVectors: rowVectors, factors: scratch + placed, sums: target + first * filterSums,
                  biasSums: target + (sizes.filters * filterSums + first), isAccumulating: !isFirst))
            }
          }
        }
      }
      let total = sums + pieceStride * pieces
      Scalar.run(RowSums(input: sums, rows: pieces, columns: pieceStride, rowStride: pieceStride, result: total))
      biasResult.update(from: total + sizes.filters * filterSums, count: sizes.filters)
      takeApart(total, rowCount: rowCount, result: result)
    }
  }

  /// For each output of a pooling window, how far behind the window's corner the image is that the filters covered there.
  private var argmaxOffsets: [Int] {
    (0..<256).map { output in
      guard output < pooling.windowHeight * pooling.windowWidth else { return 0 }
      let (row, column) = output.quotientAndRemainder(dividingBy: pooling.windowWidth)
      return (row * layout.rowLength + column * sizes.channels) * sizes.stride
    }
  }

  /// Copies filters whose channels stand together, in whole vectors, to filters × channels × rows × columns.
  private func takeApart(_ filters: UnsafePointer<Scalar>, rowCount: Int, result: UnsafeMutablePointer<Scalar>) {
    var target = result
    for filter in 0..<sizes.filters {
      for channel in 0..<sizes.channels {
        for row in 0..<sizes.filterHeight {
          let source = filters + ((filter * sizes.filterHeight + row) * rowCount + channel)
          for column in 0..<sizes.filterWidth { target[column] = source[column * sizes.channels] }
          target += sizes.filterWidth
        }
      }
    }
  }
}
