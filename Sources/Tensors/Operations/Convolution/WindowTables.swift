import Kernels

/// Where the kernels find, in an image that is laid out for them, what a window covers, and which of that is padding.
struct WindowTables {
  /// How many taps there are, factors of a filter by channel, row and column, and blocks of outputs, a vector's width of a row.
  let tapCount: Int, blockCount: Int
  private let channels: Int, channelTaps: Int
  /// The tables of `WindowOffsets`, one after the other: a number for each tap and each block, two for each block and for each
  /// `tapsAtOnce` taps.
  private let numbers: [Int]

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
    let count = taps.count
    while taps.count % tapMultiple != 0 { taps.append(taps[count - 1]) }

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
    let blocksInRow = blocks.count / max(rows.outputHeight, 1)
    var blockReach: [Int] = []
    for first in stride(from: 0, to: taps.count, by: WindowOffsets.tapsAtOnce) {
      var start = rows.outputHeight
      var end = 0
      for tap in first..<min(first + WindowOffsets.tapsAtOnce, count) {
        let met = rows.outputRows(filterRow: tap / rowTaps % rows.filterHeight)
        guard !met.isEmpty else { continue }
        start = min(start, met.lowerBound)
        end = max(end, met.upperBound)
      }
      blockReach.append(min(start, end) * blocksInRow)
      blockReach.append(end * blocksInRow)
    }
    (self.channels, channelTaps) = (channels, rows.filterHeight * rowTaps)
    (tapCount, blockCount, numbers) = (taps.count, blocks.count, taps + blocks + tapReach + blockReach)
  }

  /// The windows of filters over an image in polyphase planes.
  init(
    _ planes: PolyphasePlanes, filterHeight: Int, filterWidth: Int, outputHeight: Int, outputWidth: Int,
    vectorWidth: Int, tapMultiple: Int = 1
  ) {
    self.init(
      channels: planes.channels,
      rows: WindowRows(
        filterHeight: filterHeight, outputHeight: outputHeight, imageHeight: planes.height, stride: planes.stride,
        topPadding: planes.topPadding),
      rowTaps: filterWidth, rowBlocks: Swift.stride(from: 0, to: outputWidth, by: vectorWidth),
      rowDistance: planes.rowLength, tapMultiple: tapMultiple, offset: planes.offset)
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
