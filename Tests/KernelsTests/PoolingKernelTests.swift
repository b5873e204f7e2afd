import NbrunKernels
import NbrunTestSupport
import Testing

@Suite("Kernels of max pooling")
struct PoolingKernelTests {
  /// Windows side by side, in whole vectors and with some left over, windows that overlap, and windows with gaps between them.
  static let geometries = [
    PoolingGeometry(planes: 3, height: 4, width: 16, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 2, height: 6, width: 32, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 2, height: 5, width: 32, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 2, height: 4, width: 17, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 3, height: 5, width: 23, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 1, height: 2, width: 2, windowHeight: 2, windowWidth: 2, stride: 2),
    PoolingGeometry(planes: 2, height: 6, width: 13, windowHeight: 3, windowWidth: 2, stride: 1),
    PoolingGeometry(planes: 2, height: 9, width: 14, windowHeight: 2, windowWidth: 3, stride: 4),
  ]

  @Test("the first of the largest numbers or of the NaNs, with and without ReLU", arguments: geometries, [false, true])
  func pooling(windows: PoolingGeometry, isRectified: Bool) {
    for largest in [0.0, 3] {
      pooling(windows, isRectified, largest, Float.self)
      pooling(windows, isRectified, largest, Double.self)
    }
  }

  private func pooling<Scalar: KernelScalar>(
    _ windows: PoolingGeometry, _ isRectified: Bool, _ largest: Double, _: Scalar.Type
  ) {
    // Few different numbers, so that the largest are often equal, and here and there a NaN.
    var input = eighths(windows.planes * windows.height * windows.width, seed: 1).map { ($0 * 2).rounded() }
    for index in input.indices { input[index] = min(largest, input[index]) }
    for index in stride(from: 5, to: input.count, by: 19) { input[index] = .nan }
    var (outputs, offsets) = ([Double](), [UInt8]())
    for index in 0..<windows.planes * windows.outputPlaneCount {
      let window = numbers(ofWindow: index, of: input, windows)
      let best = window.first { $0.isNaN } ?? window.reduce(-.infinity) { max($0, $1) }
      let offset = window.firstIndex { best.isNaN ? $0.isNaN : $0 == best } ?? 0
      outputs.append(isRectified && best < 0 ? 0 : best)
      offsets.append(isRectified && !(best > 0) ? PoolingGeometry.noArgmax : UInt8(offset))
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let output = memory.room(count: outputs.count)
      let argmax = memory.room([UInt8](repeating: 99, count: outputs.count))
      memory.run(
        MaxPooling(
          windows: windows, input: memory.input(input), output: output.start, argmax: argmax.start,
          isRectified: isRectified))
      memory.expect(output, outputs)
      #expect(memory.contents(of: argmax) == offsets)
    }
  }

  /// The numbers of a window, row by row.
  private func numbers(ofWindow index: Int, of input: [Double], _ windows: PoolingGeometry) -> [Double] {
    (0..<windows.windowHeight * windows.windowWidth).map { input[position(of: $0, inWindow: index, windows)] }
  }

  /// Where the number at `offset` of a window stands in the input.
  private func position(of offset: Int, inWindow index: Int, _ windows: PoolingGeometry) -> Int {
    let (plane, window) = index.quotientAndRemainder(dividingBy: windows.outputPlaneCount)
    let row = window / windows.outputWidth * windows.stride + offset / windows.windowWidth
    let column = window % windows.outputWidth * windows.stride + offset % windows.windowWidth
    return (plane * windows.height + row) * windows.width + column
  }

  @Test("the gradient goes to the largest of each window, where there is one", arguments: geometries)
  func gradient(windows: PoolingGeometry) {
    gradient(windows, Float.self)
    gradient(windows, Double.self)
  }

  private func gradient<Scalar: KernelScalar>(_ windows: PoolingGeometry, _: Scalar.Type) {
    let count = windows.planes * windows.outputPlaneCount
    let gradient = eighths(count, seed: 2)
    var random = FuzzGenerator(seed: 3)
    let argmax = (0..<count).map { _ in
      let offset = Int.random(in: 0...windows.windowHeight * windows.windowWidth, using: &random)
      return offset == windows.windowHeight * windows.windowWidth ? PoolingGeometry.noArgmax : UInt8(offset)
    }
    var expected = [Double](repeating: 0, count: windows.planes * windows.height * windows.width)
    for index in 0..<count where argmax[index] != PoolingGeometry.noArgmax {
      expected[position(of: Int(argmax[index]), inWindow: index, windows)] += gradient[index]
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let result = memory.room(count: expected.count)
      memory.run(
        MaxPoolingGradient(
          windows: windows, gradient: memory.input(gradient), argmax: memory.input(argmax), result: result.start))
      memory.expect(result, expected)
    }
  }
}
