import NbrunKernels
import NbrunTestSupport
import Testing

@testable import NbrunTensors

@Suite("Max pooling")
struct MaxPoolTests {
  @Test("agrees with the definition, winners and NaN included", arguments: 0..<8)
  func agrees(seed: UInt64) {
    compare(Float.self, seed: seed)
    compare(Double.self, seed: seed + 50)
  }

  private func compare<Scalar: KernelScalar>(_: Scalar.Type, seed: UInt64) {
    var random = SplitMix(state: seed)
    let devices = [1, 2, 3].map { Device(threads: $0) }
    for trial in shareOfTrials(60) {
      let isUsual = trial % 2 == 0
      let windowHeight = isUsual ? 2 : Int.random(in: 1...4, using: &random)
      let windowWidth = isUsual ? 2 : Int.random(in: 1...4, using: &random)
      let sizes = PoolingGeometry(
        planes: .random(in: 1...40, using: &random), height: .random(in: windowHeight...34, using: &random),
        width: isUsual ? 2 * .random(in: 1...20, using: &random) : .random(in: windowWidth...34, using: &random),
        windowHeight: windowHeight, windowWidth: windowWidth,
        stride: isUsual ? 2 : .random(in: 1...5, using: &random))
      // Few different values, so that maxima are often equal, and some NaN.
      let input = (0..<sizes.planes * sizes.height * sizes.width).map { _ -> Scalar in
        let value = Int.random(in: -4...5, using: &random)
        return trial % 5 == 0 && value == 5 && Bool.random(using: &random) ? .nan : Scalar(value)
      }
      let reference = ReferencePooling<Scalar>(sizes: sizes)
      let expected = reference.forward(input)
      var output = [Scalar](repeating: 7, count: expected.output.count)
      var argmax = [UInt8](repeating: 0, count: output.count)
      maxPoolForward(sizes, input: input, output: &output, argmax: &argmax, on: devices[trial % 3])
      #expect(output.map(\.bitPatternText) == expected.output.map(\.bitPatternText), "\(sizes)")

      let gradient: [Scalar] = random.array(count: output.count)
      var result = [Scalar](repeating: .nan, count: input.count)
      maxPoolBackward(sizes, gradient: gradient, argmax: argmax, result: &result, on: devices[trial % 3])
      let expectedGradient = reference.backward(gradient, argmax: expected.argmax)
      #expect(relativeDifference(result, expectedGradient) < 1e-6, "\(sizes)")
    }
  }
}

extension BinaryFloatingPoint {
  /// Text that is equal for equal numbers and for NaNs.
  fileprivate var bitPatternText: String { "\(self)" }
}
