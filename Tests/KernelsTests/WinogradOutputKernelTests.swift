import NbrunKernels
import Testing

@Suite("Kernels of minimal filtering: outputs")
struct WinogradOutputKernelTests {
  /// Heights and widths of outputs: less than a tile, vectors of tiles side by side that are whole or of which some are not, and
  /// vectors of tiles from several rows.
  static let planes = [[3, 2], [6, 32], [4, 31], [5, 35], [9, 13], [8, 64]]

  /// The outputs of some filters for one image.
  private struct Outputs {
    let height: Int, width: Int, filters: Int, bias: [Double]?, isRectified: Bool
    var columns: Int { (width + 3) / 4 }
    var tileCount: Int { (height + 3) / 4 * columns }
    var filterStride: Int { height * width + 3 }

    init(_ plane: [Int], filters: Int, hasBias: Bool, isRectified: Bool) {
      (height, width, self.filters) = (plane[0], plane[1], filters)
      (bias, self.isRectified) = (hasBias ? eighths(filters, seed: 1) : nil, isRectified)
    }

    /// What is to be written of some filters, Aᵀ m A, where `m` gives the product of a part for a filter and a tile.
    func expected(_ range: Range<Int>, _ m: (_ part: Int, _ filter: Int, _ tile: Int) -> Double) -> [Double?] {
      var all = [Double?](repeating: nil, count: filters * filterStride)
      for filter in range {
        for tile in 0..<tileCount {
          let outputs = WinogradMatrices.transform(WinogradMatrices.output) { m(6 * $0 + $1, filter, tile) }
          for (index, output) in outputs.enumerated() {
            let (y, x) = (tile / columns * 4 + index / 4, tile % columns * 4 + index % 4)
            guard y < height, x < width else { continue }
            let sum = output + (bias?[filter] ?? 0)
            all[filter * filterStride + y * width + x] = isRectified ? max(sum, 0) : sum
          }
        }
      }
      return all
    }

    func places(in room: KernelMemory<Float>.Room<Float>, _ memory: KernelMemory<Float>) -> WinogradTileOutputs<Float> {
      let tiles = (0..<tileCount).map { tile in
        let (row, column) = (tile / columns * 4, tile % columns * 4)
        return WinogradTile(
          offset: row * width + column, height: min(4, height - row), width: min(4, width - column))
      }
      return WinogradTileOutputs(
        bias: bias.map { memory.input($0) }, isRectified: isRectified, output: room.start, tileCount: tileCount,
        tiles: memory.input(tiles), filterStride: filterStride, rowLength: width,
        scratch: memory.scratch(16 * memory.width))
    }
  }

  @Test("outputs of products, Aᵀ m A, with and without bias and ReLU", arguments: planes, [false, true])
  func output(plane: [Int], isRectified: Bool) {
    for hasBias in [false, true] {
      let outputs = Outputs(plane, filters: 3, hasBias: hasBias, isRectified: isRectified)
      KernelMemory<Float>.inEachVariant { memory in
        let tiles = (outputs.tileCount + memory.width - 1) / memory.width * memory.width
        let partStride = 3 * tiles + 5
        let products = eighths(36 * partStride, seed: 2)
        let room = memory.room(count: 3 * outputs.filterStride)
        memory.run(
          WinogradOutput(
            products: memory.input(products), partStride: partStride, tiles: tiles, filters: 3,
            outputs: outputs.places(in: room, memory), scratch: memory.scratch(24 * memory.width)))
        memory.expect(room, outputs.expected(0..<3) { products[$0 * partStride + $1 * tiles + $2] })
      }
    }
  }

  @Test("outputs of transformed tiles and filters, whose products are summed over channels", arguments: planes, [1, 3])
  func imageProduct(plane: [Int], channels: Int) {
    // All micro-panels, and the last alone with bias and ReLU.
    for (filters, isLast) in [(1, false), (8, true), (11, false), (11, true)] {
      let outputs = Outputs(plane, filters: filters, hasBias: isLast, isRectified: isLast)
      let partition = MicroPanelPartition(rows: filters, height: 8)
      let microPanels = isLast ? partition.count - 1..<partition.count : 0..<partition.count
      // For each filter the numbers of all parts and channels.
      let factors = eighths(filters * 36 * channels, seed: 3)
      KernelMemory<Float>.inEachVariant { memory in
        let width = 2 * memory.width
        let pairs = (outputs.tileCount + width - 1) / width
        let tiles = eighths(pairs * 36 * channels * width, seed: 4)
        let room = memory.room(count: filters * outputs.filterStride)
        memory.run(
          WinogradImageProduct(
            tiles: memory.input(tiles), pairs: pairs, channels: channels,
            filters: memory.input(inMicroPanels(factors, depth: 36 * channels, partition)), partition: partition,
            microPanels: microPanels, outputs: outputs.places(in: room, memory),
            scratch: memory.scratch(48 * memory.width)))
        let written = partition.start(of: microPanels.lowerBound)..<filters
        memory.expect(
          room,
          outputs.expected(written) { part, filter, tile in
            (0..<channels).reduce(0) { sum, channel in
              let place = part * channels + channel
              let number = tiles[(tile / width * 36 * channels + place) * width + tile % width]
              return sum + factors[filter * 36 * channels + place] * number
            }
          })
      }
    }
  }
}
