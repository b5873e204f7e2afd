import NbrunKernels

/// Convolution straight from the padded image, for any sizes.
struct DirectConvolution<Scalar: KernelScalar>: ImageConvolution {
  let sizes: ConvolutionGeometry
  let planes: PolyphasePlanes
  let windows: WindowTables

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    planes = sizes.planes(vectorWidth: Scalar.vectorWidth)
    windows = WindowTables(sizes, planes, vectorWidth: Scalar.vectorWidth)
  }

  var partition: MicroPanelPartition { MicroPanelPartition(rows: sizes.filters) }
  var packedCount: Int { sizes.filters * windows.tapCount }

  /// Room for a tile.
  private var tileCount: Int { MicroPanelPartition.maximumHeight * 2 * Scalar.vectorWidth }

  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, on device: Device) {
    let taps = windows.tapCount
    Scalar.run(
      LeftPacking(
        source: filters, rowStride: taps, depthStride: 1, microPanels: 0..<partition.count, partition: partition,
        depth: taps, packed: packed))
  }

  var roomCount: Int { tileCount + planes.count + PolyphasePlanes.slack }

  /// The image padded, in polyphase planes.
  func prepare(
    _ image: UnsafePointer<Scalar>, in room: UnsafeMutablePointer<Scalar>, isFilled: Bool, on device: Device
  ) -> UnsafePointer<Scalar>? {
    Scalar.run(PolyphaseFilling(planes: planes, image: image, target: room + tileCount, isFilled: isFilled))
    return UnsafePointer(room + tileCount)
  }

  func multiply(
    _ prepared: UnsafePointer<Scalar>, _ microPanels: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    room: UnsafeMutablePointer<Scalar>
  ) {
    windows.withOffsets { windows in
      Scalar.run(
        ImageProduct(
          image: prepared, windows: windows, rowLength: sizes.outputWidth, filters: filters, partition: partition,
          microPanels: microPanels, bias: bias, output: output, outputStride: sizes.outputPlaneCount,
          isRectified: isRectified, scratch: room))
    }
  }
}
