import Kernels

/// Where the kernels find, in an image that is laid out for them, what a window covers, and which of that is padding.
struct WindowOffsets {
  /// For each tap, a factor of a filter by channel, row and column, the number that it meets in the first window.
  let taps: [Int]
  /// For each block of outputs (a vector's width of a row), how far its windows lie behind the first.
  let blocks: [Int]
  private let channels: Int
  private let channelTaps: Int
  /// See `WindowPlaces`: two numbers for each block, and for each `tapsAtOnce` taps.
  private let tapReach: [Int], blockReach: [Int]

  /// - Parameters:
  ///   - rows: How the rows of filters, outputs and image meet.
  ///   - rowTaps: Taps of a filter's row.
  ///   - rowBlocks: For each block of the first row of outputs, how far its windows lie behind the first.
  ///   - rowDistance: How far apart the windows of neighbouring rows lie.
  ///   - tapMultiple: The number of taps is rounded up to a multiple of this, by repeating the last.
  ///   - offset: Where the number that a channel, row and column of a filter meet stands, for the first window.
  init(
    channels: Int, rows: WindowRows, rowTaps: Int, rowBlocks: StrideTo<Int>, rowDistance: Int, tapMultiple: Int,
    offset: (_ channel: Int, _ row: Int, _ column: Int) -> Int
  ) {
    var taps: [Int] = []
    taps.reserveCapacity(channels * rows.filterHeight * rowTaps + tapMultiple)
    for channel in 0..<channels {
      for row in 0..<rows.filterHeight {
        for column in 0..<rowTaps { taps.append(offset(channel, row, column)) }
      }
    }
    let tapCount = taps.count
    while taps.count % tapMultiple != 0 { taps.append(taps[tapCount - 1]) }
    self.taps = taps
    self.channels = channels
    channelTaps = rows.filterHeight * rowTaps

    var blocks: [Int] = []
    var tapReach: [Int] = []
    for row in 0..<rows.outputHeight {
      let met = rows.filterRows(outputRow: row)
      for block in rowBlocks {
        blocks.append(row * rowDistance + block)
        tapReach.append(met.lowerBound * rowTaps)
        tapReach.append(met.upperBound * rowTaps)
      }
    }
    self.blocks = blocks
    self.tapReach = tapReach

    let blocksInRow = blocks.count / max(rows.outputHeight, 1)
    var blockReach: [Int] = []
    for first in stride(from: 0, to: taps.count, by: WindowPlaces.tapsAtOnce) {
      var start = rows.outputHeight
      var end = 0
      for tap in first..<min(first + WindowPlaces.tapsAtOnce, tapCount) {
        let met = rows.outputRows(filterRow: tap / rowTaps % rows.filterHeight)
        guard !met.isEmpty else { continue }
        start = min(start, met.lowerBound)
        end = max(end, met.upperBound)
      }
      blockReach.append(min(start, end) * blocksInRow)
      blockReach.append(end * blocksInRow)
    }
    self.blockReach = blockReach
  }

  /// The windows of filters over an image in phase planes.
  init(
    _ planes: PhasePlanes, filterHeight: Int, filterWidth: Int, outputHeight: Int, outputWidth: Int, vectorWidth: Int,
    tapMultiple: Int = 1
  ) {
    self.init(
      channels: planes.channels,
      rows: WindowRows(
        filterHeight: filterHeight, outputHeight: outputHeight, imageHeight: planes.height, stride: planes.stride,
        topPadding: planes.topPadding),
      rowTaps: filterWidth, rowBlocks: Swift.stride(from: 0, to: outputWidth, by: vectorWidth),
      rowDistance: planes.rowLength, tapMultiple: tapMultiple, offset: planes.offset)
  }

  /// Calls `body` with the places, which must not be used after it returns.
  func withPlaces(_ body: (WindowPlaces) -> Void) {
    taps.withUnsafeBufferPointer { taps in
      blocks.withUnsafeBufferPointer { blocks in
        tapReach.withUnsafeBufferPointer { tapReach in
          blockReach.withUnsafeBufferPointer { blockReach in
            guard let tapsStart = taps.baseAddress, let blocksStart = blocks.baseAddress,
              let tapReach = tapReach.baseAddress, let blockReach = blockReach.baseAddress
            else { return }
            body(
              WindowPlaces(
                taps: tapsStart, tapCount: taps.count, channels: channels, channelTaps: channelTaps,
                blocks: blocksStart, blockCount: blocks.count, tapReach: tapReach, blockReach: blockReach))
          }
        }
      }
    }
  }
}
