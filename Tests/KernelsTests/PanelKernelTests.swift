import NbrunKernels
import Testing

@Suite("Kernels of matrix products")
struct PanelKernelTests {
  /// Rows of a left matrix: they make one micro-panel of each height, several of equal heights, and some of different ones.
  static let rows = [1, 2, 3, 4, 5, 6, 7, 13, 18, 20, 26]

  @Test("the left matrix in micro-panels, from rows or columns", arguments: rows, [1, 7, 16, 17, 40])
  func leftPacking(rows: Int, depth: Int) {
    leftPacking(rows, depth, Float.self)
    leftPacking(rows, depth, Double.self)
  }

  private func leftPacking<Scalar: KernelScalar>(_ rows: Int, _ depth: Int, _: Scalar.Type) {
    let partition = MicroPanelPartition(rows: rows)
    for (rowStride, depthStride) in [(depth + 3, 1), (1, rows + 3)] {
      let source = eighths((rows - 1) * rowStride + (depth - 1) * depthStride + 1, seed: 1)
      let matrix = (0..<rows * depth).map { source[$0 / depth * rowStride + $0 % depth * depthStride] }
      let packed = inMicroPanels(matrix, depth: depth, partition)
      for microPanels in [0..<partition.count, partition.count / 2..<partition.count, 0..<partition.count / 2] {
        let written = partition.start(of: microPanels.lowerBound)..<partition.start(of: microPanels.upperBound)
        KernelMemory<Scalar>.inEachVariant { memory in
          let room = memory.room(count: packed.count)
          memory.run(
            LeftPacking(
              source: memory.input(source), rowStride: rowStride, depthStride: depthStride, microPanels: microPanels,
              partition: partition, depth: depth, packed: room.start))
          memory.expect(room, packed.indices.map { written.contains($0 / depth) ? packed[$0] : nil })
        }
      }
    }
  }

  /// Two matrices, and what a block of a third holds before their product is added or written there.
  private struct Product {
    let rows: Int, columns: Int, depth: Int, isAccumulating: Bool
    let left: [Double], right: [Double], before: [Double]
    let partition: MicroPanelPartition
    var resultStride: Int { columns + 3 }

    init(rows: Int, columns: Int, depth: Int, isAccumulating: Bool) {
      (self.rows, self.columns, self.depth, self.isAccumulating) = (rows, columns, depth, isAccumulating)
      (left, right) = (eighths(rows * depth, seed: 1), eighths(depth * columns, seed: 2))
      before = eighths((rows - 1) * (columns + 3) + columns, seed: 3)
      partition = MicroPanelPartition(rows: rows)
    }

    /// The numbers of the block after the product of some micro-panels; nil where they stay.
    func result(of microPanels: Range<Int>) -> [Double?] {
      let written = partition.start(of: microPanels.lowerBound)..<partition.start(of: microPanels.upperBound)
      return before.indices.map { (index: Int) -> Double? in
        let (row, column) = index.quotientAndRemainder(dividingBy: resultStride)
        guard written.contains(row), column < columns else { return nil }
        var sum = isAccumulating ? before[index] : 0
        for step in 0..<depth { sum += left[row * depth + step] * right[step * columns + column] }
        return sum
      }
    }

    func kernel<Scalar>(_ result: KernelMemory<Scalar>.Room<Scalar>, _ memory: KernelMemory<Scalar>)
      -> MicroPanelProduct<Scalar>
    {
      MicroPanelProduct(
        left: memory.input(inMicroPanels(left, depth: depth, partition)), result: result.start,
        resultStride: resultStride, partition: partition, depth: depth, isAccumulating: isAccumulating,
        scratch: memory.scratch(12 * memory.width))
    }
  }

  @Test("the product of packed matrices", arguments: rows + [600], [1, 15, 16, 17, 40])
  func panelProduct(rows: Int, columns: Int) {
    for (depth, isAccumulating) in [(1, false), (8, true), (19, false), (19, true)] {
      let product = Product(rows: rows, columns: columns, depth: depth, isAccumulating: isAccumulating)
      KernelMemory<Float>.inEachVariant { memory in
        let width = 2 * memory.width
        // What fills up the last panel counts for nothing.
        let panels = stride(from: 0, to: columns, by: width).flatMap { first in
          (0..<depth * width).map { (index: Int) -> Double in
            let column = first + index % width
            return column < columns ? product.right[index / width * columns + column] : 7
          }
        }
        let result = memory.room(product.before)
        memory.run(PanelProduct(product.kernel(result, memory), right: memory.input(panels), columns: columns))
        memory.expect(result, product.result(of: 0..<product.partition.count))
      }
    }
  }

  @Test("the product with a matrix that is packed meanwhile, of rows or columns", arguments: rows, [1, 15, 16, 17, 40])
  func packingProduct(rows: Int, columns: Int) {
    for (depth, isAccumulating) in [(1, false), (8, true), (19, false), (19, true)] {
      let product = Product(rows: rows, columns: columns, depth: depth, isAccumulating: isAccumulating)
      packingProduct(product, Float.self)
      packingProduct(product, Double.self)
    }
  }

  private func packingProduct<Scalar: KernelScalar>(_ product: Product, _: Scalar.Type) {
    let (depth, columns, count) = (product.depth, product.columns, product.partition.count)
    for (depthStride, columnStride) in [(columns + 3, 1), (1, depth + 3)] {
      var right = [Double](repeating: .nan, count: (depth - 1) * depthStride + (columns - 1) * columnStride + 1)
      for (index, number) in product.right.enumerated() {
        right[index / columns * depthStride + index % columns * columnStride] = number
      }
      for microPanels in [0..<count, count - 1..<count] {
        KernelMemory<Scalar>.inEachVariant { memory in
          let (result, matrix) = (memory.room(product.before), memory.input(right))
          memory.run(
            PackingProduct(
              product.kernel(result, memory), right: matrix, depthStride: depthStride, columnStride: columnStride,
              panel: memory.scratch(depth * 2 * memory.width), microPanels: microPanels, columns: columns,
              nextRight: count == 1 ? nil : matrix))
          memory.expect(result, product.result(of: microPanels))
        }
      }
    }
  }
}
