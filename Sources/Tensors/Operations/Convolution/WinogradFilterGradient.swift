import NbrunKernels

/// The gradient of 3×3 filters at stride 1 by the transpose of minimal filtering: the transformed filters' gradient is, for
/// each position in a tile, the matrix product of transformed output gradients and transformed images.
///
/// Images are shared out in pieces whose number depends on the sizes alone; the sums of the pieces are added in their order.
struct WinogradFilterGradient<Scalar: KernelScalar> {
  let sizes: ConvolutionGeometry
  /// The images' tiles.
  let tiles: WinogradTiles
  /// The layout of the output's gradient, in whole tiles.
  let gradientPlanes: PolyphasePlanes
  /// For each tile of a group, where its 4×4 gradients start in the planes of filter 0.
  let gradientOffsets: [Int]
  /// For each channel, filled up to whole panels by the last, where its plane starts.
  let channelOffsets: [Int]
  /// For each filter, filled up to whole vectors by the last, where its plane starts.
  let filterOffsets: [Int]
  /// How the images are shared out.
  let pieces: Int
  /// What the images and gradients were like.
  let range = NumberRange<Scalar>()

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    let panelWidth = 2 * Scalar.vectorWidth
    tiles = WinogradTiles(sizes, of: Scalar.self)
    let gradientPlanes = WinogradTiles.planes(
      channels: sizes.filters, height: sizes.outputHeight, width: sizes.outputWidth, padding: 0, windowSize: 1,
      outputHeight: sizes.outputHeight, outputWidth: sizes.outputWidth)
    self.gradientPlanes = gradientPlanes
    let (perImage, columns) = (tiles.tilesPerImage, tiles.columns)
    gradientOffsets = (0..<tiles.imagesAtOnce * perImage).map { tile in
      let position = tile % perImage
      return tile / perImage * gradientPlanes.count
        + (position / columns * gradientPlanes.rowLength + position % columns) * 4
    }
    let planes = tiles.planes
    let paddedChannels = (sizes.channels + panelWidth - 1) / panelWidth * panelWidth
    channelOffsets = (0..<paddedChannels).map { min($0, sizes.channels - 1) * planes.planeHeight * planes.rowLength }
    let lanes = Scalar.vectorWidth
    let paddedFilters = (sizes.filters + lanes - 1) / lanes * lanes
    filterOffsets = (0..<paddedFilters).map {
      min($0, sizes.filters - 1) * gradientPlanes.planeHeight * gradientPlanes.rowLength
    }
    pieces = max(1, min(sizes.filters * sizes.channels > 8192 ? 4 : 8, sizes.images))
  }

  private var partition: MicroPanelPartition { MicroPanelPartition(rows: filterOffsets.count, height: 4) }

  /// Computes the gradients of filters and bias, unless `range` turns out too wide; see `convolutionFilterGradient`.
  func run(
    images: UnsafePointer<Scalar>, gradient: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>,
    biasResult: UnsafeMutablePointer<Scalar>?, on device: Device
  ) {
    let productStride = WinogradTiles.partStride(of: Scalar.self, filterOffsets.count * channelOffsets.count)
    let pieceStride = 36 * productStride + sizes.filters
    withScratch(of: Scalar.self, count: pieces * pieceStride, on: device) { products in
      device.threads.run(count: pieces) { piece in
        let range = share(piece, of: pieces, in: sizes.images)
        addPiece(
          range, images: images, gradient: gradient, products: products + piece * pieceStride,
          productStride: productStride, biasSums: products + (piece * pieceStride + 36 * productStride), on: device)
      }
      guard range.isNarrow else { return }
      device.threads.runInPieces(of: 8, count: sizes.filters) { filters in
        withScratch(of: Scalar.self, count: 63 * Scalar.vectorWidth, on: device) { scratch in
          Scalar.run(
            WinogradFilterResult(
              products: products, pieces: pieces, pieceStride: pieceStride, partStride: productStride,
              rowLength: channelOffsets.count, filters: filters, channels: sizes.channels, result: result,
              scratch: scratch))
        }
      }
      if let biasResult {
        for filter in 0..<sizes.filters {
          biasResult[filter] = (0..<pieces).reduce(0) { $0 + products[$1 * pieceStride + 36 * productStride + filter] }
        }
      }
    }
  }

  /// Computes the products of one piece.
  private func addPiece(
    _ indices: Range<Int>, images: UnsafePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    products: UnsafeMutablePointer<Scalar>, productStride: Int, biasSums: UnsafeMutablePointer<Scalar>,
    on device: Device
  ) {
    let planes = tiles.planes
    let paddedCount = tiles.imagesAtOnce * planes.count + PolyphasePlanes.slack
    let gradientCount = tiles.imagesAtOnce * gradientPlanes.count + PolyphasePlanes.slack
    let imageStride = WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * channelOffsets.count)
    let gradientStride = WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * filterOffsets.count)
    let scratchCount = 96 * Scalar.vectorWidth
    let count = paddedCount + gradientCount + 36 * (imageStride + gradientStride) + scratchCount
    biasSums.update(repeating: 0, count: sizes.filters)
    withScratch(of: Scalar.self, count: count, on: device) { scratch in
      let padded = scratch + scratchCount
      let paddedGradient = padded + paddedCount
      let transformed = paddedGradient + gradientCount
      var isFirst = true
      for first in stride(from: indices.lowerBound, to: indices.upperBound, by: tiles.imagesAtOnce) {
        let group = first..<min(first + tiles.imagesAtOnce, indices.upperBound)
        for (position, index) in group.enumerated() {
          let (image, outputs) = (images + index * sizes.imageCount, gradient + index * sizes.outputCount)
          let target = paddedGradient + position * gradientPlanes.count
          guard
            range.admits(
              image, laidOutIn: planes, at: padded + position * planes.count, isFilled: !isFirst, on: device),
            range.admits(outputs, laidOutIn: gradientPlanes, at: target, isFilled: !isFirst, on: device)
          else { return }
          Scalar.run(
            PlaneSums(input: outputs, planes: sizes.filters, planeCount: sizes.outputPlaneCount, result: biasSums))
        }
        let tileCount = group.count * tiles.tilesPerImage
        for start in stride(from: 0, to: tileCount, by: tiles.tilesAtOnce) {
          let block = start..<min(start + tiles.tilesAtOnce, tileCount)
          transformImages(padded, block, into: transformed, partStride: imageStride, scratch: scratch)
          transformGradients(
            paddedGradient, block, into: transformed + 36 * imageStride, partStride: gradientStride, scratch: scratch)
          for part in 0..<36 {
            Scalar.run(
              PanelProduct(
                MicroPanelProduct(
                  left: transformed + (36 * imageStride + part * gradientStride),
                  result: products + part * productStride, resultStride: channelOffsets.count, partition: partition,
                  depth: block.count, isAccumulating: !isFirst, scratch: scratch),
                right: transformed + part * imageStride, columns: channelOffsets.count))
          }
          isFirst = false
        }
      }
    }
  }

  /// Bᵀ d B for each channel and tile, packed as the right side of the products.
  private func transformImages(
    _ padded: UnsafePointer<Scalar>, _ block: Range<Int>, into target: UnsafeMutablePointer<Scalar>, partStride: Int,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    let panelWidth = 2 * Scalar.vectorWidth
    let targets = (0..<channelOffsets.count / Scalar.vectorWidth).map {
      $0 / 2 * panelWidth * block.count + $0 % 2 * Scalar.vectorWidth
    }
    tiles.inputOffsets.withUnsafeBufferPointer { offsets in
      Scalar.run(
        WinogradInput(
          source: padded, offsets: channelOffsets, vectors: targets.count, repeats: block.count,
          repeatOffsets: offsets.baseAddress! + block.lowerBound, rowLength: tiles.planes.rowLength, target: target,
          targetOffsets: targets, repeatTargetOffset: panelWidth, partStride: partStride, scratch: scratch))
    }
  }

  /// A dY Aᵀ for each filter and tile, packed as the left side of the products.
  private func transformGradients(
    _ padded: UnsafePointer<Scalar>, _ block: Range<Int>, into target: UnsafeMutablePointer<Scalar>, partStride: Int,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    gradientOffsets.withUnsafeBufferPointer { offsets in
      Scalar.run(
        WinogradGradient(
          source: padded, filterOffsets: filterOffsets, vectors: filterOffsets.count / Scalar.vectorWidth,
          tileOffsets: offsets.baseAddress! + block.lowerBound, tiles: block.count,
          rowLength: gradientPlanes.rowLength, packed: target, partStride: partStride, scratch: scratch))
    }
  }
}
