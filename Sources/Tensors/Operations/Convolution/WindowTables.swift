import NbrunKernels

/// Where the kernels find, in an image that is laid out for them, what a window covers, and which of that is padding.
struct WindowTables {
  /// How many taps there are, factors of a filter by channel, row and column, and blocks of outputs, a vector's width of a row.
  let tapCount: Int, blockCount: Int
  private let channels: Int, channelTaps: Int
  /// The tables of `WindowOffsets`, one after the other: a number for each tap and each block, two for each block and for each
  /// `tapsAtOnce` taps.
  private let numbers: [Int]

  /// The windows of a convolution over an image in polyphase planes.
  ///
  /// - Parameter tapMultiple: The number of taps is rounded up to a multiple of this, by repeating the last.
  init(_ sizes: ConvolutionGeometry, _ planes: PolyphasePlanes, vectorWidth: Int, tapMultiple: Int = 1) {
    let (filterHeight, filterWidth, outputHeight) = (sizes.filterHeight, sizes.filterWidth, sizes.outputHeight)
    let rows = WindowRows(
      filterHeight: filterHeight, outputHeight: outputHeight, imageHeight: planes.height, stride: planes.stride,
      topPadding: planes.topPadding)
    var taps: [Int] = []
    for channel in 0..<planes.channels {
      for row in 0..<filterHeight {
        for column in 0..<filterWidth { taps.append(planes.offset(channel: channel, row: row, column: column)) }
      }
    }
    let count = taps.count
    while taps.count % tapMultiple != 0 { taps.append(taps[count - 1]) }

    var (blocks, tapReach) = ([Int](), [Int]())
    for row in 0..<outputHeight {
      let met = rows.filterRows(outputRow: row)
      for block in stride(from: 0, to: sizes.outputWidth, by: vectorWidth) {
        blocks.append(row * planes.rowLength + block)
        tapReach += [met.lowerBound * filterWidth, met.upperBound * filterWidth]
      }
    }
    let blocksInRow = blocks.count / max(outputHeight, 1)
    var blockReach: [Int] = []
    for first in stride(from: 0, to: taps.count, by: WindowOffsets.tapsAtOnce) {
      var (start, end) = (outputHeight, 0)
      for tap in first..<min(first + WindowOffsets.tapsAtOnce, count) {
        let met = rows.outputRows(filterRow: tap / filterWidth % filterHeight)
        guard !met.isEmpty else { continue }
        start = min(start, met.lowerBound)
        end = max(end, met.upperBound)
      }
      blockReach += [min(start, end) * blocksInRow, end * blocksInRow]
    }
    (channels, channelTaps) = (planes.channels, filterHeight * filterWidth)
    (tapCount, blockCount, numbers) = (taps.count, blocks.count, taps + blocks + tapReach + blockReach)
  }

  /// Calls `body` with the tables for the kernels, which must not be used after it returns.
  func withOffsets(_ body: (WindowOffsets) -> Void) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let taps = numbers.baseAddress else { return }
      let blocks = taps + tapCount
      let tapReach = blocks + blockCount
      body(
        WindowOffsets(
          taps: taps, tapCount: tapCount, channels: channels, channelTaps: channelTaps, blocks: blocks,
          blockCount: blockCount, tapReach: tapReach, blockReach: tapReach + 2 * blockCount))
    }
  }
}

/// How the rows of filters, outputs and image meet: row i of a filter meets, for row y of the output, row
/// y·stride + i − topPadding of the image, which is padding where there is no such row.
struct WindowRows {
  let filterHeight: Int
  let outputHeight: Int
  let imageHeight: Int
  let stride: Int
  let topPadding: Int

  /// Which rows of a filter meet the image in row `outputRow` of the output.
  func filterRows(outputRow: Int) -> Range<Int> {
    let top = outputRow * stride - topPadding
    let first = min(max(-top, 0), filterHeight)
    return first..<max(first, min(filterHeight, imageHeight - top))
  }

  /// In which rows of the output row `filterRow` of a filter meets the image.
  func outputRows(filterRow: Int) -> Range<Int> {
    let offset = topPadding - filterRow
    let first = min(max((offset + stride - 1) / stride, 0), outputHeight)
    return first..<max(first, min(outputHeight, (imageHeight + offset + stride - 1) / stride))
  }
}
