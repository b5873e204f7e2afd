import Kernels

/// Where the kernels find, in an image laid out in phase planes, what a window covers.
struct WindowOffsets {
  /// For each factor of a filter, the number that it meets in the first window.
  let taps: [Int]
  /// For each block of outputs (a vector's width of a row), how far its windows lie behind the first.
  let blocks: [Int]

  /// - Parameter tapMultiple: The number of taps is rounded up to a multiple of this, by repeating the last.
  init(
    _ planes: PhasePlanes, filterHeight: Int, filterWidth: Int, outputHeight: Int, outputWidth: Int, vectorWidth: Int,
    tapMultiple: Int = 1
  ) {
    var taps: [Int] = []
    for channel in 0..<planes.channels {
      for row in 0..<filterHeight {
        for column in 0..<filterWidth { taps.append(planes.offset(channel: channel, row: row, column: column)) }
      }
    }
    while taps.count % tapMultiple != 0 { taps.append(taps[taps.count - 1]) }
    var blocks: [Int] = []
    for row in 0..<outputHeight {
      for column in stride(from: 0, to: outputWidth, by: vectorWidth) { blocks.append(row * planes.rowLength + column) }
    }
    self.taps = taps
    self.blocks = blocks
  }
}
