import Kernels

/// How images are cut into tiles of 4×4 outputs, some images at a time.
struct WinogradTiles {
  /// Rows and columns of tiles in an image.
  let rows: Int, columns: Int
  /// How many images make a group, which one piece of work takes.
  let imagesAtOnce: Int
  /// How many tiles are multiplied at once: a multiple of a panel's width.
  let tilesAtOnce: Int
  /// The images of a group in padded planes, each with the same layout.
  let planes: PhasePlanes
  /// For each tile of a group, where its 6×6 numbers start in the padded planes of channel 0.
  let inputOffsets: [Int]
  /// For each tile of a group, where its outputs start behind those of the first image's filter 0.
  let outputOffsets: [Int]
  /// For each tile of a group, how many rows and columns of it are outputs.
  let heights: [Int], widths: [Int]

  /// - Parameter planes: The layout of the images for a window of `windowSize` squared over whole tiles.
  init(
    imageCount: Int, outputHeight: Int, outputWidth: Int, outputChannels: Int, tilesAtOnce: Int, panelWidth: Int,
    planes: PhasePlanes
  ) {
    rows = (outputHeight + 3) / 4
    columns = (outputWidth + 3) / 4
    self.planes = planes
    self.tilesAtOnce = tilesAtOnce
    // Groups that fill a block of tiles, but enough groups for many threads.
    imagesAtOnce = max(1, min(tilesAtOnce / (rows * columns), imageCount / 8))
    var (input, output, heights, widths) = ([Int](), [Int](), [Int](), [Int]())
    for image in 0..<imagesAtOnce {
      for row in 0..<rows {
        for column in 0..<columns {
          input.append(image * planes.count + row * 4 * planes.rowLength + column * 4)
          output.append((image * outputChannels * outputHeight + row * 4) * outputWidth + column * 4)
          heights.append(min(4, outputHeight - row * 4))
          widths.append(min(4, outputWidth - column * 4))
        }
      }
    }
    while input.count % panelWidth != 0 {
      input.append(input[input.count - 1])
      output.append(output[output.count - 1])
      heights.append(0)
      widths.append(0)
    }
    (inputOffsets, outputOffsets) = (input, output)
    (self.heights, self.widths) = (heights, widths)
  }

  /// Tiles of one image.
  var tilesPerImage: Int { rows * columns }

  /// Lends `body` the places of some tiles' outputs.
  func withOutputs<Scalar: KernelScalar>(
    _ range: Range<Int>, bias: UnsafePointer<Scalar>?, isRectified: Bool, output: UnsafeMutablePointer<Scalar>,
    filterStride: Int, rowLength: Int, scratch: UnsafeMutablePointer<Scalar>,
    _ body: (WinogradTileOutputs<Scalar>) -> Void
  ) {
    outputOffsets.withUnsafeBufferPointer { offsets in
      heights.withUnsafeBufferPointer { heights in
        widths.withUnsafeBufferPointer { widths in
          body(
            WinogradTileOutputs(
              bias: bias, isRectified: isRectified, output: output, tileCount: range.count,
              offsets: offsets.baseAddress! + range.lowerBound, heights: heights.baseAddress! + range.lowerBound,
              widths: widths.baseAddress! + range.lowerBound, filterStride: filterStride, rowLength: rowLength,
              scratch: scratch))
        }
      }
    }
  }

  /// So many tiles at once that their transforms stay in the second-level cache.
  static func tilesAtOnce(channels: Int, panelWidth: Int, scalarSize: Int) -> Int {
    let fitting = 1_200_000 / (36 * channels * scalarSize)
    return min(64, max(32, fitting)) / panelWidth * panelWidth
  }

  /// The layout of images whose windows of 3×3 make whole tiles of outputs.
  static func planes(
    channels: Int, height: Int, width: Int, topPadding: Int, leftPadding: Int, windowSize: Int, outputHeight: Int,
    outputWidth: Int
  ) -> PhasePlanes {
    PhasePlanes(
      channels: channels, height: height, width: width, stride: 1, topPadding: topPadding, leftPadding: leftPadding,
      windowHeight: windowSize, windowWidth: windowSize, outputHeight: (outputHeight + 3) / 4 * 4,
      outputWidth: (outputWidth + 3) / 4 * 4, vectorWidth: 4)
  }
}
