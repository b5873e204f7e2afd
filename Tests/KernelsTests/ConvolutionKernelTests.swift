import NbrunKernels
import Testing

@Suite("Kernels of the direct convolution")
struct ConvolutionKernelTests {
  /// Widths of outputs on both sides of a vector's, and of several.
  static let widths = [1, 3, 4, 5, 8, 11, 16, 24]
  /// Heights of outputs: with one row, all windows have padding at both ends; with four rows of one block, two blocks of a tile
  /// meet different padding, at the top and at the bottom.
  static let heights = [1, 3, 4]

  /// The windows of 3×3 filters at stride 1 in an image of two channels, of which the first and the last row are padding.
  private struct Windows {
    let height: Int, width: Int
    /// Blocks in a row of outputs, and how many numbers each has.
    let blocksInRow: Int, lanes: Int
    let image: [Double]

    static let taps = 18
    var rowLength: Int { blocksInRow * lanes + 2 }
    var blocks: [Int] { (0..<height).flatMap { y in (0..<blocksInRow).map { y * rowLength + $0 * lanes } } }
    /// Taps go by channel, row and column.
    var taps: [Int] {
      (0..<Self.taps).map { ($0 / 9 * (height + 2) + $0 / 3 % 3) * rowLength + $0 % 3 }
    }

    init(height: Int, width: Int, lanes: Int) {
      (self.height, self.width, self.lanes) = (height, width, lanes)
      blocksInRow = (width + lanes - 1) / lanes
      let rowLength = blocksInRow * lanes + 2
      image = eighths(2 * (height + 2) * rowLength, seed: 1).enumerated().map { index, number in
        (1...height).contains(index / rowLength % (height + 2)) ? number : 0
      }
    }

    func offsets<Scalar>(_ memory: KernelMemory<Scalar>) -> WindowOffsets {
      // At the top the first of three rows of taps meets padding, at the bottom the last.
      var (tapReach, blockReach) = ([Int](), [Int]())
      for block in blocks.indices {
        let y = block / blocksInRow
        tapReach += [y == 0 ? 3 : 0, y == height - 1 ? 6 : 9]
      }
      for row in [0, 1, 2, 0, 1, 2] {
        let (first, end) = (row == 0 ? 1 : 0, row == 2 ? height - 1 : height)
        blockReach += [first * blocksInRow, end * blocksInRow]
      }
      return WindowOffsets(
        taps: memory.input(taps), tapCount: Self.taps, channels: 2, channelTaps: 9, blocks: memory.input(blocks),
        blockCount: blocks.count, tapReach: memory.input(tapReach), blockReach: memory.input(blockReach))
    }
  }

  @Test("outputs of some filters, with and without bias and ReLU", arguments: [1, 2, 3, 4, 5, 6, 7, 13], widths)
  func imageProduct(filters: Int, width: Int) {
    for height in Self.heights {
      for hasBias in [false, true] {
        imageProduct(filters, height: height, width: width, hasBias: hasBias, Float.self)
        imageProduct(filters, height: height, width: width, hasBias: hasBias, Double.self)
      }
    }
  }

  private func imageProduct<Scalar: KernelScalar>(
    _ filters: Int, height: Int, width: Int, hasBias: Bool, _: Scalar.Type
  ) {
    let (factors, bias) = (eighths(filters * Windows.taps, seed: 2), eighths(filters, seed: 3))
    let partition = MicroPanelPartition(rows: filters)
    let outputStride = height * width + 3
    // All micro-panels, and the last alone with ReLU.
    for (microPanels, isRectified) in [(0..<partition.count, false), (partition.count - 1..<partition.count, true)] {
      KernelMemory<Scalar>.inEachVariant { memory in
        let windows = Windows(height: height, width: width, lanes: memory.width)
        let taps = windows.taps
        let expected = (0..<filters * outputStride).map { index -> Double? in
          let (filter, output) = index.quotientAndRemainder(dividingBy: outputStride)
          guard filter >= partition.start(of: microPanels.lowerBound), output < height * width else { return nil }
          let start = output / width * windows.rowLength + output % width
          let sum = taps.indices.reduce(hasBias ? bias[filter] : 0) {
            $0 + factors[filter * taps.count + $1] * windows.image[start + taps[$1]]
          }
          return isRectified ? max(sum, 0) : sum
        }
        let output = memory.room(count: expected.count)
        memory.run(
          ImageProduct(
            image: memory.input(windows.image), windows: windows.offsets(memory), rowLength: width,
            filters: memory.input(inMicroPanels(factors, depth: Windows.taps, partition)), partition: partition,
            microPanels: microPanels, bias: hasBias ? memory.input(bias) : nil, output: output.start,
            outputStride: outputStride, isRectified: isRectified, scratch: memory.scratch(12 * memory.width)))
        memory.expect(output, expected)
      }
    }
  }

  @Test("sums for the filters' gradient, lane by lane", arguments: [1, 2, 3, 4, 5, 7, 9], widths)
  func filterGradient(filters: Int, width: Int) {
    for height in Self.heights {
      for isAccumulating in [false, true] {
        filterGradient(filters, height: height, width: width, isAccumulating, Float.self)
        filterGradient(filters, height: height, width: width, isAccumulating, Double.self)
      }
    }
  }

  private func filterGradient<Scalar: KernelScalar>(
    _ filters: Int, height: Int, width: Int, _ isAccumulating: Bool, _: Scalar.Type
  ) {
    KernelMemory<Scalar>.inEachVariant { memory in
      let (lanes, windows) = (memory.width, Windows(height: height, width: width, lanes: memory.width))
      let (taps, blocks) = (windows.taps, windows.blocks)
      let gradientStride = blocks.count * lanes + 3
      // Zero beyond the end of a row.
      let gradient = eighths(filters * gradientStride, seed: 4).enumerated().map { index, number in
        index % gradientStride % (windows.blocksInRow * lanes) < width ? number : 0
      }
      let (before, biasBefore) = (eighths(filters * Windows.taps * lanes, seed: 5), eighths(filters * lanes, seed: 6))
      let expected = before.indices.map { (index: Int) -> Double in
        let (row, lane) = index.quotientAndRemainder(dividingBy: lanes)
        let (filter, tap) = row.quotientAndRemainder(dividingBy: Windows.taps)
        return blocks.indices.reduce(isAccumulating ? before[index] : 0) { (sum: Double, block: Int) -> Double in
          let number = windows.image[taps[tap] + blocks[block] + lane]
          return sum + gradient[filter * gradientStride + block * lanes + lane] * number
        }
      }
      let expectedBias = biasBefore.indices.map { (index: Int) -> Double in
        blocks.indices.reduce(isAccumulating ? biasBefore[index] : 0) { (sum: Double, block: Int) -> Double in
          sum + gradient[index / lanes * gradientStride + block * lanes + index % lanes]
        }
      }
      for hasBias in [false, true] {
        let (sums, biasSums) = (memory.room(before), memory.room(biasBefore))
        memory.run(
          FilterGradient(
            image: memory.input(windows.image), windows: windows.offsets(memory), gradient: memory.input(gradient),
            gradientStride: gradientStride, filterCount: filters, sums: sums.start,
            biasSums: hasBias ? biasSums.start : nil, isAccumulating: isAccumulating))
        memory.expect(sums, expected)
        memory.expect(biasSums, hasBias ? expectedBias : biasBefore)
      }
    }
  }

  @Test("sums of lanes and of several pieces", arguments: [1, 2, 5], [1, 3])
  func laneSums(pieces: Int, count: Int) {
    laneSums(pieces, count, Float.self)
    laneSums(pieces, count, Double.self)
  }

  private func laneSums<Scalar: KernelScalar>(_ pieces: Int, _ count: Int, _: Scalar.Type) {
    let (rows, rowLength) = (4, count + 2)
    KernelMemory<Scalar>.inEachVariant { memory in
      let lanes = memory.width
      let pieceStride = rows * rowLength * lanes + 5
      let partial = eighths(pieces * pieceStride, seed: 7)
      let expected = (0..<rows * count).map { (index: Int) -> Double in
        let start = (index / count * rowLength + index % count) * lanes
        return (0..<pieces * lanes).reduce(0) { (sum: Double, lane: Int) -> Double in
          sum + partial[lane / lanes * pieceStride + start + lane % lanes]
        }
      }
      let result = memory.room(count: expected.count)
      memory.run(
        LaneSums(
          partial: memory.input(partial), pieces: pieces, pieceStride: pieceStride, rows: rows, rowLength: rowLength,
          count: count, result: result.start))
      memory.expect(result, expected)
    }
  }

  @Test("sums over the largest outputs of pooling windows", arguments: [1, 2, 3, 4, 5, 7], [1, 2, 3, 4, 5])
  func argmaxGradient(filterHeight: Int, rowVectors: Int) {
    for (rows, columns) in [(1, 1), (2, 5), (3, 3)] {
      for isAccumulating in [false, true] {
        let windows = (rows, columns)
        argmaxGradient(windows, filterHeight: filterHeight, rowVectors: rowVectors, isAccumulating, Float.self)
        argmaxGradient(windows, filterHeight: filterHeight, rowVectors: rowVectors, isAccumulating, Double.self)
      }
    }
  }

  private func argmaxGradient<Scalar: KernelScalar>(
    _ windows: (rows: Int, columns: Int), filterHeight: Int, rowVectors: Int, _ isAccumulating: Bool, _: Scalar.Type
  ) {
    let (filters, count) = (3, windows.rows * windows.columns)
    let gradient = eighths(filters * count, seed: 8)
    // Windows of 2×2 outputs, some without a largest.
    let argmax = eighths(filters * count, seed: 9).map { $0 > 1 ? PoolingGeometry.noArgmax : UInt8(abs($0 * 8)) % 4 }
    let kept = zip(gradient, argmax).map { $1 == PoolingGeometry.noArgmax ? 0 : $0 }
    KernelMemory<Scalar>.inEachVariant { memory in
      // Pixels of three numbers, so that pooling windows are six apart.
      let (lanes, columnStep) = (rowVectors * memory.width, 6)
      let rowLength = windows.columns * columnStep + lanes
      let image = eighths((2 * windows.rows + filterHeight) * rowLength, seed: 10)
      let offsets = [0, 3, rowLength, rowLength + 3] + [Int](repeating: 0, count: 252)
      let before = eighths(filters * filterHeight * lanes, seed: 11)
      let biasBefore = eighths(filters, seed: 12)
      let expected = before.indices.map { (index: Int) -> Double in
        let (line, lane) = index.quotientAndRemainder(dividingBy: lanes)
        let (filter, row) = line.quotientAndRemainder(dividingBy: filterHeight)
        return (0..<count).reduce(isAccumulating ? before[index] : 0) { (sum: Double, window: Int) -> Double in
          let place = filter * count + window
          let corner = window / windows.columns * 2 * rowLength + window % windows.columns * columnStep
          return sum + kept[place] * image[corner + offsets[Int(argmax[place])] + row * rowLength + lane]
        }
      }
      let (sums, biasSums, factors) = (memory.room(before), memory.room(biasBefore), memory.room(count: count))
      memory.run(
        ArgmaxGradient(
          image: memory.input(image), rowLength: rowLength,
          windows: ArgmaxOffsets(
            rows: windows.rows, columns: windows.columns, rowStep: 2 * rowLength, columnStep: columnStep,
            offsets: memory.input(offsets)),
          gradient: memory.input(gradient), argmax: memory.input(argmax), filterCount: filters,
          filterHeight: filterHeight, rowVectors: rowVectors, factors: factors.start, sums: sums.start,
          biasSums: biasSums.start, isAccumulating: isAccumulating))
      memory.expect(sums, expected)
      memory.expect(
        biasSums,
        (0..<filters).map { (filter: Int) -> Double in
          kept[filter * count..<(filter + 1) * count].reduce(isAccumulating ? biasBefore[filter] : 0, +)
        })
    }
  }
}
