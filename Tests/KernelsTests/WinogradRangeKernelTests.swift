import NbrunKernels
import Testing

@Suite("Kernels of minimal filtering: the range of numbers")
struct WinogradRangeKernelTests {
  /// How many positions have which size, and whether minimal filtering suits them.
  struct Sizes: Sendable, CustomTestStringConvertible {
    let counts: [(count: Int, size: Double)]
    let isNarrow: Bool

    init(_ counts: (Int, Double)..., isNarrow: Bool) {
      (self.counts, self.isNarrow) = (counts.map { ($0.0, $0.1) }, isNarrow)
    }

    var testDescription: String { counts.map { "\($0.count) × \($0.size)" }.joined(separator: ", ") }
    var all: [Double] { counts.flatMap { [Double](repeating: $0.size, count: $0.count) } }
  }

  static let sizes = [
    Sizes((16, 1), isNarrow: true),
    // Half of the positions that hold a number must be no more than 64 times smaller than the largest.
    Sizes((8, 1), (8, 65), isNarrow: true),
    Sizes((9, 1), (7, 65), isNarrow: false),
    Sizes((9, 1), (7, 63), isNarrow: true),
    Sizes((8, 0), (5, 1), (5, 100), isNarrow: true),
    Sizes((8, 0), (6, 1), (5, 100), isNarrow: false),
    // Fifteen in sixteen must be no more than 65,536 times smaller.
    Sizes((1, 1), (15, 66_000), isNarrow: true),
    Sizes((2, 1), (14, 66_000), isNarrow: false),
    Sizes((2, 1), (14, 65_000), isNarrow: true),
    // No number may be too large, too small or not finite, but all may be zero.
    Sizes((11, 0), isNarrow: true),
    Sizes((16, 9e11), isNarrow: true),
    Sizes((16, 1.1e12), isNarrow: false),
    Sizes((9, 2e-15), isNarrow: true),
    Sizes((9, 5e-16), isNarrow: false),
    Sizes((20, 1), (1, .infinity), isNarrow: false),
    Sizes((20, 1), (1, .nan), isNarrow: false),
  ]

  @Test("whether sizes of positions suit, wherever they stand", arguments: sizes, [0, 1, 6])
  func answer(sizes: Sizes, shift: Int) {
    let all = sizes.all
    let shifted = Array(all[shift...] + all[..<shift])
    for channels in [0, 1, 3, 5] {
      // One channel has all of a position's size; without channels the squares are there.
      let numbers = (0..<channels * all.count).map { index in
        let (channel, position) = index.quotientAndRemainder(dividingBy: all.count)
        return position % channels == channel ? shifted[position] : 0
      }
      let squares = shifted.map { $0 * $0 }
      KernelMemory<Float>.inEachVariant { memory in
        let room =
          channels == 0
          ? memory.room(squares + [Double](repeating: 1e6, count: 2 * memory.width))
          : memory.room(count: all.count, slack: 2 * memory.width)
        // It says what is false first.
        let isNarrow = memory.room([!sizes.isNarrow])
        memory.run(
          WinogradRange(
            numbers: channels == 0 ? nil : memory.input(numbers), channels: channels, positions: all.count,
            squares: room.start, isNarrow: isNarrow.start))
        #expect(memory.contents(of: isNarrow) == [sizes.isNarrow])
        memory.expect(room, squares)
      }
    }
  }

  @Test("the squares of positions' sizes", arguments: [1, 3, 4, 5, 8], [1, 7, 8, 9, 35])
  func squares(channels: Int, positions: Int) {
    let numbers = eighths(channels * positions, seed: 1)
    let squares = (0..<positions).map { (position: Int) -> Double in
      (0..<channels).reduce(0) { (sum: Double, channel: Int) -> Double in
        let number = numbers[channel * positions + position]
        return sum + number * number
      }
    }
    KernelMemory<Float>.inEachVariant { memory in
      let room = memory.room(count: positions, slack: 2 * memory.width)
      memory.run(
        WinogradRange(
          numbers: memory.input(numbers), channels: channels, positions: positions, squares: room.start,
          isNarrow: memory.room([false]).start))
      memory.expect(room, squares)
    }
  }
}
