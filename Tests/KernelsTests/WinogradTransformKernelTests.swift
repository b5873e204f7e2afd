import NbrunKernels
import Testing

@Suite("Kernels of minimal filtering: transforms")
struct WinogradTransformKernelTests {
  @Test("tiles of images, Bᵀ d B", arguments: [1, 2, 5], [1, 3])
  func input(vectors: Int, repeats: Int) {
    let rowLength = 11
    KernelMemory<Float>.inEachVariant { memory in
      let width = memory.width
      // Tiles that begin anywhere, some of them at the same number.
      let offsets = (0..<vectors * width).map { $0 * 7 % 40 }
      let repeatOffsets = (0..<repeats).map { (repeats - 1 - $0) * 30 }
      let source = eighths(40 + repeats * 30 + 6 * rowLength, seed: 1)
      // Vectors go from the last to the first, with room for one more behind those of a repeat and for a few numbers behind a part.
      let targetOffsets = (0..<vectors).map { (vectors - 1 - $0) * width }
      let repeatTargetOffset = (vectors + 1) * width
      let partStride = repeats * repeatTargetOffset + 3
      var expected = [Double?](repeating: nil, count: 36 * partStride)
      for (index, offset) in offsets.enumerated() {
        for again in 0..<repeats {
          let place = targetOffsets[index / width] + again * repeatTargetOffset + index % width
          let parts = WinogradMatrices.transform(WinogradMatrices.input) { row, column in
            source[offset + repeatOffsets[again] + row * rowLength + column]
          }
          for (part, number) in parts.enumerated() { expected[part * partStride + place] = number }
        }
      }
      let target = memory.room(count: expected.count)
      memory.run(
        WinogradInput(
          source: memory.input(source), offsets: memory.input(offsets), vectors: vectors, repeats: repeats,
          repeatOffsets: memory.input(repeatOffsets), rowLength: rowLength, target: target.start,
          targetOffsets: memory.input(targetOffsets), repeatTargetOffset: repeatTargetOffset, partStride: partStride,
          scratch: memory.scratch(96 * width)))
      memory.expect(target, expected)
    }
  }

  @Test("filters, G g Gᵀ, as they are and turned", arguments: [1, 5, 6, 13], [1, 7, 8, 17])
  func filters(filters: Int, channels: Int) {
    let partition = MicroPanelPartition(rows: filters)
    let partStride = filters * channels + 3
    for isTurned in [false, true] {
      // F×C×3×3, or C×F×3×3.
      let (filterStride, channelStride) = isTurned ? (9, 9 * filters) : (9 * channels, 9)
      let numbers = eighths(9 * filters * channels, seed: 2)
      for microPanel in 0..<partition.count {
        let (first, end) = (partition.start(of: microPanel), partition.start(of: microPanel + 1))
        var expected = [Double?](repeating: nil, count: 36 * partStride)
        for filter in first..<end {
          for channel in 0..<channels {
            let parts = WinogradMatrices.transform(WinogradMatrices.filter) { row, column in
              let tap = 3 * row + column
              return numbers[filter * filterStride + channel * channelStride + (isTurned ? 8 - tap : tap)]
            }
            let place = first * channels + channel * (end - first) + filter - first
            for (part, number) in parts.enumerated() { expected[part * partStride + place] = number }
          }
        }
        KernelMemory<Float>.inEachVariant { memory in
          let packed = memory.room(count: expected.count)
          memory.run(
            WinogradFilters(
              filters: memory.input(numbers), channels: channels, filterStride: filterStride,
              channelStride: channelStride, isTurned: isTurned, partition: partition, microPanel: microPanel,
              packed: packed.start, partStride: partStride, scratch: memory.scratch(63 * memory.width)))
          memory.expect(packed, expected)
        }
      }
    }
  }

  @Test("tiles of gradients, A dY Aᵀ", arguments: [1, 2, 3], [1, 4, 5])
  func gradient(vectors: Int, tiles: Int) {
    let rowLength = 9
    KernelMemory<Float>.inEachVariant { memory in
      let filters = vectors * memory.width
      let filterOffsets = (0..<filters).map { $0 * 50 }
      let tileOffsets = (0..<tiles).map { $0 * 3 % 13 }
      let source = eighths(filters * 50 + 13, seed: 3)
      let partStride = filters * tiles + 3
      var expected = [Double?](repeating: nil, count: 36 * partStride)
      for filter in 0..<filters {
        for tile in 0..<tiles {
          let parts = WinogradMatrices.transform(WinogradMatrices.transposed(WinogradMatrices.output)) { row, column in
            source[filterOffsets[filter] + tileOffsets[tile] + row * rowLength + column]
          }
          // Micro-panels of four filters.
          let place = filter / 4 * 4 * tiles + tile * 4 + filter % 4
          for (part, number) in parts.enumerated() { expected[part * partStride + place] = number }
        }
      }
      let packed = memory.room(count: expected.count)
      memory.run(
        WinogradGradient(
          source: memory.input(source), filterOffsets: memory.input(filterOffsets), vectors: vectors,
          tileOffsets: memory.input(tileOffsets), tiles: tiles, rowLength: rowLength, packed: packed.start,
          partStride: partStride, scratch: memory.scratch(56 * memory.width)))
      memory.expect(packed, expected)
    }
  }

  @Test("gradients of some filters, Gᵀ dU G, summed over pieces", arguments: [1, 2, 4], [1, 7, 8, 17])
  func filterResult(pieces: Int, channels: Int) {
    let (filters, wanted) = (5, 1..<4)
    KernelMemory<Float>.inEachVariant { memory in
      let rowLength = (channels + memory.width - 1) / memory.width * memory.width
      let partStride = filters * rowLength + 3
      let pieceStride = 36 * partStride + 5
      let products = eighths(pieces * pieceStride, seed: 4)
      var expected = [Double?](repeating: nil, count: filters * channels * 9)
      for filter in wanted {
        for channel in 0..<channels {
          let taps = WinogradMatrices.transform(WinogradMatrices.transposed(WinogradMatrices.filter)) { row, column in
            let place = (6 * row + column) * partStride + filter * rowLength + channel
            return (0..<pieces).reduce(0) { $0 + products[$1 * pieceStride + place] }
          }
          for (tap, number) in taps.enumerated() { expected[(filter * channels + channel) * 9 + tap] = number }
        }
      }
      let result = memory.room(count: expected.count)
      memory.run(
        WinogradFilterResult(
          products: memory.input(products), pieces: pieces, pieceStride: pieceStride, partStride: partStride,
          rowLength: rowLength, filters: wanted, channels: channels, result: result.start,
          scratch: memory.scratch(63 * memory.width)))
      memory.expect(result, expected)
    }
  }
}
