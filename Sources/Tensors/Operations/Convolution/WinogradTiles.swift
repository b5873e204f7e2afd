import NbrunKernels

/// How images are cut into tiles of 4×4 outputs, some images at a time.
struct WinogradTiles {
  private let sizes: ConvolutionGeometry
  /// Rows and columns of tiles in an image.
  let rows: Int, columns: Int
  /// How many images make a group, which one piece of work takes.
  let imagesAtOnce: Int
  /// How many tiles are multiplied at once: a multiple of a panel's width.
  let tilesAtOnce: Int
  /// The images of a group in padded planes, each with the same layout.
  let planes: PolyphasePlanes
  /// For each tile of a group, where its 6×6 numbers start in the padded planes of channel 0.
  let inputOffsets: [Int]
  /// For each tile of a group, where its outputs go behind those of the first image's filter 0.
  let outputs: [WinogradTile]

  /// The tiles of a convolution's outputs; those of a single image where images are taken one by one.
  init<Scalar: KernelScalar>(_ sizes: ConvolutionGeometry, of _: Scalar.Type, byImage: Bool = false) {
    self.sizes = sizes
    let panelWidth = 2 * Scalar.vectorWidth
    let (outputHeight, outputWidth) = (sizes.outputHeight, sizes.outputWidth)
    planes = Self.planes(
      channels: sizes.channels, height: sizes.height, width: sizes.width, padding: sizes.padding, windowSize: 3,
      outputHeight: outputHeight, outputWidth: outputWidth)
    rows = (outputHeight + 3) / 4
    columns = (outputWidth + 3) / 4
    // So many that their transforms stay in the second-level cache.
    let fitting = Self.transformedBytes / (36 * (sizes.channels + sizes.filters) * MemoryLayout<Scalar>.size)
    tilesAtOnce = byImage ? panelWidth : min(64, max(32, fitting)) / panelWidth * panelWidth
    // Groups that fill a block of tiles, but enough groups for many threads.
    imagesAtOnce = byImage ? 1 : max(1, min(tilesAtOnce / (rows * columns), sizes.images / 8))
    var (input, output) = ([Int](), [WinogradTile]())
    for image in 0..<imagesAtOnce {
      for row in 0..<rows {
        for column in 0..<columns {
          input.append(image * planes.count + row * 4 * planes.rowLength + column * 4)
          output.append(
            WinogradTile(
              offset: (image * sizes.filters * outputHeight + row * 4) * outputWidth + column * 4,
              height: min(4, outputHeight - row * 4), width: min(4, outputWidth - column * 4)))
        }
      }
    }
    while input.count % panelWidth != 0 {
      input.append(input[input.count - 1])
      output.append(WinogradTile(offset: output[output.count - 1].offset, height: 0, width: 0))
    }
    (inputOffsets, outputs) = (input, output)
  }

  var tilesPerImage: Int { rows * columns }

  /// Lends `body` the positions of some tiles' outputs.
  func withOutputs<Scalar: KernelScalar>(
    _ range: Range<Int>, bias: UnsafePointer<Scalar>?, isRectified: Bool, output: UnsafeMutablePointer<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>, _ body: (WinogradTileOutputs<Scalar>) -> Void
  ) {
    outputs.withUnsafeBufferPointer { tiles in
      body(
        WinogradTileOutputs(
          bias: bias, isRectified: isRectified, output: output, tileCount: range.count,
          tiles: tiles.baseAddress! + range.lowerBound, filterStride: sizes.outputPlaneCount,
          rowLength: sizes.outputWidth, scratch: scratch))
    }
  }

  /// How far apart parts of so many numbers are: a cache line more than they are long, for at a power of two all 36 would fall
  /// into one set of the cache.
  static func partStride<Scalar>(of _: Scalar.Type, _ count: Int) -> Int { count + 64 / MemoryLayout<Scalar>.size }

  /// Bytes of transformed tiles and products that are at work at once. It is no sharp limit: 300 kB took 0.97 to 1.02 times as long on
  /// `conv-*/deep-32`, `-16` and `-8`, 4.8 MB 0.94 to 1.00.
  static let transformedBytes = 1_200_000

  /// The layout of images whose windows, `windowSize` squared, make whole tiles of outputs.
  static func planes(
    channels: Int, height: Int, width: Int, padding: Int, windowSize: Int, outputHeight: Int, outputWidth: Int
  ) -> PolyphasePlanes {
    PolyphasePlanes(
      channels: channels, height: height, width: width, stride: 1, topPadding: padding, leftPadding: padding,
      windowHeight: windowSize, windowWidth: windowSize, outputHeight: (outputHeight + 3) / 4 * 4,
      outputWidth: (outputWidth + 3) / 4 * 4, vectorWidth: 4)
  }
}
