import NbrunKernels

/// The filters' gradient straight from padded images, for any sizes.
struct DirectFilterGradient<Scalar: KernelScalar> {
  let sizes: ConvolutionGeometry
  let planes: PolyphasePlanes
  let windows: WindowTables
  /// How the images are shared out.
  let pieces: Int
  /// How the filters are shared out: so many at a time.
  let filtersAtOnce: Int

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    planes = sizes.planes(vectorWidth: Scalar.vectorWidth)
    windows = WindowTables(
      sizes, planes, vectorWidth: Scalar.vectorWidth, tapMultiple: WindowOffsets.tapsAtOnce)
    let sums = sizes.filters * windows.tapCount * Scalar.vectorWidth
    pieces = max(1, min(16, sizes.images, (1 << 22) / max(sums, 1)))
    let bands = max(1, min((sizes.filters + 3) / 4, 16 / pieces))
    filtersAtOnce = max(4, ((sizes.filters + bands - 1) / bands + 3) / 4 * 4)
  }

  /// The gradients of one filter for one image as the kernel reads them: whole blocks.
  private var gradientPlaneCount: Int { windows.blockCount * Scalar.vectorWidth }

  /// The layout of output gradients in whole blocks.
  private func gradientPlanes(filters: Int) -> PolyphasePlanes {
    PolyphasePlanes(
      channels: filters, height: sizes.outputHeight, width: sizes.outputWidth, stride: 1, topPadding: 0,
      leftPadding: 0, windowHeight: 1, windowWidth: 1, outputHeight: sizes.outputHeight,
      outputWidth: sizes.outputWidth, vectorWidth: Scalar.vectorWidth)
  }

  /// Copies output gradients of some filters into whole blocks, or finds them fit to be read in place.
  private func layOut(
    _ gradient: UnsafePointer<Scalar>, filters: Int, into target: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    if sizes.outputWidth % Scalar.vectorWidth == 0 { return gradient }
    Scalar.run(PolyphaseFilling(planes: gradientPlanes(filters: filters), image: gradient, target: target))
    return UnsafePointer(target)
  }

  /// Computes the gradients of filters and bias.
  func run(
    images: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, biasResult: UnsafeMutablePointer<Scalar>?,
    on device: Device, gradient: FilterGradientSource<Scalar>
  ) {
    let lanes = Scalar.vectorWidth
    let filterSums = sizes.filters * windows.tapCount * lanes
    let pieceStride = filterSums + sizes.filters * lanes
    let bands = (sizes.filters + filtersAtOnce - 1) / filtersAtOnce
    withScratch(of: Scalar.self, count: pieceStride * pieces, on: device) { sums in
      device.threads.run(count: pieces * bands) { index in
        let piece = index / bands
        let first = index % bands * filtersAtOnce
        let filters = first..<min(first + filtersAtOnce, sizes.filters)
        let target = sums + (piece * pieceStride + first * windows.tapCount * lanes)
        let biasTarget = sums + (piece * pieceStride + filterSums + first * lanes)
        let paddedCount = planes.count + PolyphasePlanes.slack
        let plainCount = filters.count * sizes.outputPlaneCount
        let blockCount = filters.count * gradientPlaneCount + PolyphasePlanes.slack
        withScratch(of: Scalar.self, count: paddedCount + plainCount + blockCount, on: device) { scratch in
          let range = share(piece, of: pieces, in: sizes.images)
          for image in range {
            let isFirst = image == range.lowerBound
            Scalar.run(
              PolyphaseFilling(
                planes: planes, image: images + image * sizes.imageCount, target: scratch, isFilled: !isFirst))
            let plain = gradient(image, filters, scratch + paddedCount)
            let blocks = layOut(plain, filters: filters.count, into: scratch + (paddedCount + plainCount))
            add(
              scratch, blocks, filterCount: filters.count, sums: target, biasSums: biasTarget, isAccumulating: !isFirst)
          }
        }
      }
      let rowsAtOnce = max(1, (sizes.filters + 7) / 8)
      device.threads.run(count: (sizes.filters + rowsAtOnce - 1) / rowsAtOnce) { index in
        let row = index * rowsAtOnce
        let rows = min(rowsAtOnce, sizes.filters - row)
        Scalar.run(
          LaneSums(
            partial: sums + row * windows.tapCount * lanes, pieces: pieces, pieceStride: pieceStride, rows: rows,
            rowLength: windows.tapCount, count: sizes.taps, result: result + row * sizes.taps))
        if let biasResult {
          Scalar.run(
            LaneSums(
              partial: sums + (filterSums + row * lanes), pieces: pieces, pieceStride: pieceStride, rows: rows,
              rowLength: 1, count: 1, result: biasResult + row))
        }
      }
    }
  }

  /// Adds one image's part, or begins with it.
  private func add(
    _ padded: UnsafePointer<Scalar>, _ gradient: UnsafePointer<Scalar>, filterCount: Int,
    sums: UnsafeMutablePointer<Scalar>, biasSums: UnsafeMutablePointer<Scalar>, isAccumulating: Bool
  ) {
    windows.withOffsets { windows in
      Scalar.run(
        FilterGradient(
          image: padded, windows: windows, gradient: gradient, gradientStride: gradientPlaneCount,
          filterCount: filterCount, sums: sums, biasSums: biasSums, isAccumulating: isAccumulating))
    }
  }
}
