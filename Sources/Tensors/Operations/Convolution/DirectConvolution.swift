import Kernels

/// Convolution straight from the padded image, for any sizes.
struct DirectConvolution<Scalar: KernelScalar>: ImageConvolution {
  let planes: PolyphasePlanes
  let windows: WindowTables
  let filterCount: Int
  let outputHeight: Int
  let outputWidth: Int

  /// The convolution with `filterCount` filters over images laid out in `planes`.
  init(
    _ planes: PolyphasePlanes, filterCount: Int, filterHeight: Int, filterWidth: Int, outputHeight: Int,
    outputWidth: Int
  ) {
    (self.planes, self.filterCount) = (planes, filterCount)
    (self.outputHeight, self.outputWidth) = (outputHeight, outputWidth)
    windows = WindowTables(
      planes, filterHeight: filterHeight, filterWidth: filterWidth, outputHeight: outputHeight,
      outputWidth: outputWidth, vectorWidth: Scalar.vectorWidth)
  }

  /// The forward convolution of these sizes.
  init(_ sizes: ConvolutionGeometry) {
    self.init(
      sizes.planes(vectorWidth: Scalar.vectorWidth), filterCount: sizes.filters, filterHeight: sizes.filterHeight,
      filterWidth: sizes.filterWidth, outputHeight: sizes.outputHeight, outputWidth: sizes.outputWidth)
  }

  var partition: MicroPanelPartition { MicroPanelPartition(rows: filterCount) }
  var imageLength: Int { planes.channels * planes.height * planes.width }
  var outputPlane: Int { outputHeight * outputWidth }
  var packedCount: Int { filterCount * windows.tapCount }

  /// Room for a tile.
  private var tileCount: Int { MicroPanelPartition.maximumHeight * 2 * Scalar.vectorWidth }

  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, pool: ThreadPool) {
    let taps = windows.tapCount
    Scalar.run(
      LeftPacking(
        source: filters, rowStride: taps, depthStride: 1, microPanels: 0..<partition.count, partition: partition,
        depth: taps, packed: packed))
  }

  /// The image padded, in polyphase planes.
  func withPreparedImage(
    _ image: UnsafePointer<Scalar>, _ body: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    withScratch(of: Scalar.self, count: tileCount + planes.count + PolyphasePlanes.slack) { scratch in
      Scalar.run(PolyphaseFilling(planes: planes, image: image, target: scratch + tileCount))
      body(scratch + tileCount, scratch)
    }
  }

  func multiply(
    _ prepared: UnsafePointer<Scalar>, _ microPanels: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    room: UnsafeMutablePointer<Scalar>
  ) {
    windows.withOffsets { windows in
      Scalar.run(
        ImageProduct(
          image: prepared, windows: windows, rowLength: outputWidth, filters: filters, partition: partition,
          microPanels: microPanels, bias: bias, output: output, outputStride: outputPlane, isRectified: isRectified,
          scratch: room))
    }
  }
}
