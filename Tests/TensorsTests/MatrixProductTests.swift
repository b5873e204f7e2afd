import NbrunKernels
import NbrunRandomNumbers
import NbrunTestSupport
import Testing

@testable import NbrunTensors

@Suite("Matrix product")
struct MatrixProductTests {
  /// Rows, columns and depth on both sides of every block size.
  static let sizes = [1, 2, 5, 6, 7, 12, 13, 15, 16, 17, 31, 33, 50, 64, 100, 131, 257, 300, 520]

  @Test("agrees with the definition, for all transpositions, in Float", arguments: [1, 2, 3])
  func agreesInFloat(threadCount: Int) {
    compare(Float.self, tolerance: 1e-5, on: Device(threads: threadCount))
  }

  @Test("agrees with the definition, for all transpositions, in Double")
  func agreesInDouble() {
    compare(Double.self, tolerance: 1e-13, on: Device(threads: 2))
  }

  private func compare<Scalar: KernelScalar>(_: Scalar.Type, tolerance: Scalar, on device: Device) {
    var random = SplitMix(state: 7)
    for trial in shareOfTrials(240) {
      let product = RandomProduct<Scalar>(trial: trial, sizes: Self.sizes, random: &random)
      let fast = product.fast(on: device)
      let naive = product.naive()
      let scale = Scalar(product.shape.depth).squareRoot() + 1
      let worst = zip(fast, naive).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= tolerance * scale, "\(product.shape) \(product.isTransposed)")
    }
  }

  @Test("gives the same bits when little or nothing is packed for several pieces of work")
  func agreesInBatches() {
    var random = SplitMix(state: 9)
    let device = Device(threads: 2)
    for trial in 0..<max(4, shareOfTrials(24).count) {
      let product = RandomProduct<Float>(trial: trial, sizes: [300, 520, 777], random: &random)
      let naive = product.naive()
      let fast = product.fast(on: device)
      let bytesOfAPart = product.shape.rows * 256 * MemoryLayout<Float>.size
      for device in [Device(threads: 1), device] {
        for sharedBytes in [1, bytesOfAPart, 2 * bytesOfAPart] {
          #expect(product.fast(on: device, sharedBytes: sharedBytes) == fast, "\(product.shape) \(sharedBytes)")
        }
      }
      let worst = zip(fast, naive).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= 1e-5 * Float(product.shape.depth).squareRoot(), "\(product.shape)")
    }
  }

  @Test("gives the same bits for every number of threads")
  func sameBits() {
    var random = SplitMix(state: 8)
    let devices = [1, 2, 3].map { Device(threads: $0) }
    for trial in shareOfTrials(60) {
      let product = RandomProduct<Float>(trial: trial, sizes: Self.sizes, random: &random)
      let results = devices.map { product.fast(on: $0) }
      #expect(results[0] == results[1] && results[0] == results[2], "\(product.shape)")
    }
  }

  @Test("gives the same bits a band of rows at a time")
  func bands() {
    var random = SplitMix(state: 10)
    let devices = [1, 2, 3].map { Device(threads: $0) }
    for trial in shareOfTrials(60) {
      var product = RandomProduct<Float>(trial: trial, sizes: Self.sizes, random: &random)
      product.isAccumulating = false
      product.bias = nil
      let whole = product.fast(on: devices[1])
      for device in devices {
        #expect(product.inBands(on: device) == whole, "\(product.shape) \(product.isTransposed)")
      }
    }
  }

  @Test("cuts long sums: agrees with the definition, with the same bits for every number of threads and in bands")
  func longSums() {
    var random = SplitMix(state: 11)
    let devices = [1, 2, 3].map { Device(threads: $0) }
    for trial in shareOfTrials(36) {
      var product = RandomProduct<Float>(
        trial: trial, sizes: [1, 7, 16, 50, 131, 270], depths: [1791, 1793, 2048, 2500, 4097], random: &random)
      let results = devices.map { product.fast(on: $0) }
      #expect(results[0] == results[1] && results[0] == results[2], "\(product.shape)")
      let worst = zip(results[0], product.naive()).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= 1e-5 * Float(product.shape.depth).squareRoot(), "\(product.shape)")
      product.isAccumulating = false
      product.bias = nil
      let whole = product.fast(on: devices[1])
      for device in devices {
        #expect(product.inBands(on: device) == whole, "\(product.shape) \(product.isTransposed)")
      }
    }
  }

  @Test("with no depth gives the bias, or nothing added")
  func noDepth() {
    var result: [Float] = [1, 2, 3, 4]
    let nothing: [Float] = [0]
    let shape = MatrixProductShape(rows: 2, columns: 2, depth: 0)
    let operand = nothing.withUnsafeBufferPointer { MatrixOperand($0.baseAddress!, rowStride: 0) }
    matrixProduct(shape, operand, operand, into: &result, isAccumulating: true, on: device)
    #expect(result == [1, 2, 3, 4])
    matrixProduct(shape, operand, operand, into: &result, bias: [5, 6], on: device)
    #expect(result == [5, 6, 5, 6])
    matrixProduct(shape, operand, operand, into: &result, on: device)
    #expect(result == [0, 0, 0, 0])
  }
}

/// A product of random matrices of a random shape, stored in one of the four ways.
private struct RandomProduct<Scalar: KernelScalar> {
  let shape: MatrixProductShape
  let isTransposed: (left: Bool, right: Bool)
  var isAccumulating: Bool
  let left: [Scalar]
  let right: [Scalar]
  let start: [Scalar]
  var bias: [Scalar]?

  /// Rows and columns are two of `sizes`, the depth is one of `depths` or also one of `sizes`.
  init(trial: Int, sizes: [Int], depths: [Int]? = nil, random: inout SplitMix) {
    let rows = sizes.randomElement(using: &random)!
    let columns = sizes.randomElement(using: &random)!
    shape = MatrixProductShape(rows: rows, columns: columns, depth: (depths ?? sizes).randomElement(using: &random)!)
    isTransposed = (trial & 1 != 0, trial & 2 != 0)
    isAccumulating = trial % 3 == 0
    left = random.array(count: rows * shape.depth)
    right = random.array(count: columns * shape.depth)
    start = random.array(count: rows * columns)
    bias = trial % 3 == 1 ? random.array(count: columns) : nil
  }

  func fast(on device: Device, sharedBytes: Int = BlockedMatrixProduct<Scalar>.sharedBytes) -> [Scalar] {
    var result = start
    withOperands { left, right in
      result.withUnsafeMutableBufferPointer { result in
        bias.withPointer { bias in
          BlockedMatrixProduct(shape: shape, left: left, right: right, sharedBytes: sharedBytes).run(
            on: device,
            into: .init(
              pointer: result.baseAddress!, stride: shape.columns, isAccumulating: isAccumulating, bias: bias))
        }
      }
    }
    return result
  }

  func inBands(on device: Device) -> [Scalar] {
    var result = start
    result.withUnsafeMutableBufferPointer { result in
      withOperands { left, right in
        BlockedMatrixProduct(shape: shape, left: left, right: right).runInBands(on: device) { rows, band in
          (result.baseAddress! + rows.lowerBound * shape.columns).update(from: band, count: rows.count * shape.columns)
        }
      }
    }
    return result
  }

  private func withOperands(_ body: (MatrixOperand<Scalar>, MatrixOperand<Scalar>) -> Void) {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        body(
          MatrixOperand(
            left.baseAddress!, rowStride: isTransposed.left ? shape.rows : shape.depth,
            isTransposed: isTransposed.left),
          MatrixOperand(
            right.baseAddress!, rowStride: isTransposed.right ? shape.depth : shape.columns,
            isTransposed: isTransposed.right))
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func naive() -> [Scalar] {
    var result = start
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        var sum: Scalar = 0
        for step in 0..<shape.depth {
          let a = isTransposed.left ? left[step * shape.rows + row] : left[row * shape.depth + step]
          let b = isTransposed.right ? right[column * shape.depth + step] : right[step * shape.columns + column]
          sum += a * b
        }
        let place = row * shape.columns + column
        result[place] = (isAccumulating ? start[place] : bias?[column] ?? 0) + sum
      }
    }
    return result
  }
}

extension Optional {
  /// The numbers' address, or nothing.
  fileprivate func withPointer<Scalar>(_ body: (UnsafePointer<Scalar>?) -> Void) where Wrapped == [Scalar] {
    if let self { self.withUnsafeBufferPointer { body($0.baseAddress) } } else { body(nil) }
  }
}
