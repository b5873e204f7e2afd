import Foundation
import Testing

@testable import NbrunTensors

@Suite("Elementwise operations and normalisation")
struct ElementwiseTests {
  static let counts = [1, 3, 8, 31, 64, 1000, 40_000]

  @Test("ReLU and its gradient, NaN and infinity included", arguments: counts)
  func rectification(count: Int) {
    var random = SplitMix(state: 1)
    var input: [Float] = random.array(count: count)
    var gradient: [Float] = random.array(count: count)
    input[0] = .nan
    gradient[count / 2] = .infinity
    var output = input
    rectify(input, into: &output, count: count, on: device)
    #expect(zip(input, output).allSatisfy { $0.isNaN ? $1.isNaN : $1 == max(0, $0) })
    var result = gradient
    rectifyGradient(gradient, output: output, into: &result, count: count, on: device)
    for index in 0..<count {
      let expected = gradient[index] * (output[index] > 0 ? 1 : 0)
      #expect(result[index] == expected || (result[index].isNaN && expected.isNaN))
    }
  }

  @Test("sums of rows and of squares", arguments: counts)
  func sums(count: Int) {
    var random = SplitMix(state: 2)
    let input: [Double] = random.array(count: 5 * count)
    var result = [Double](repeating: .nan, count: count)
    sumRows(input, rows: 5, columns: count, into: &result, on: device)
    for column in 0..<count {
      #expect(abs(result[column] - (0..<5).reduce(0) { $0 + input[$1 * count + column] }) < 1e-14)
    }
    let squares = input.reduce(0) { $0 + $1 * $1 }
    #expect(abs(sumOfSquares(input, count: input.count, on: device) - squares) < 1e-12 * squares)
  }

  /// An affine layer's biases over many examples: one after the other, 200,000 rows would round to 1e-6 and more.
  @Test("sums of very many rows round no more than pairs of pairs do")
  func manyRows() {
    var random = SplitMix(state: 7)
    let (rows, columns) = (200_000, 3)
    let input: [Float] = (0..<rows * columns).map { _ in Float.random(in: 0...1, using: &random) }
    var result = [Float](repeating: .nan, count: columns)
    sumRows(input, rows: rows, columns: columns, into: &result, on: device)
    for column in 0..<columns {
      let exact = (0..<rows).reduce(0.0) { $0 + Double(input[$1 * columns + column]) }
      #expect(abs(Double(result[column]) - exact) < 2e-7 * exact)
    }
  }

  @Test(
    "batch normalisation and its gradient, in training and in testing, with ReLU and without",
    arguments: [(2, 3, 1), (5, 4, 7), (3, 6, 16), (9, 2, 100)],
    [(true, true), (true, false), (false, true), (false, false)])
  func normalisation(_ size: (examples: Int, channels: Int, places: Int), _ mode: (isTraining: Bool, isRectified: Bool))
  {
    let (examples, channels, places) = size
    let (isTraining, isRectified) = mode
    var random = SplitMix(state: 5)
    let sizes = ChannelSizes([examples, channels, places])
    let x: [Double] = random.array(count: examples * channels * places)
    let dout: [Double] = random.array(count: x.count)
    let gamma: [Double] = random.array(count: channels), beta: [Double] = random.array(count: channels)
    var mean = gamma, variance = gamma, output = x, dx = x, dgamma = gamma, dbeta = gamma
    channelStatistics(sizes, input: x, mean: &mean, variance: &variance, on: device)
    let inverse = variance.map { 1 / ($0 + 1e-5).squareRoot() }
    mean.withUnsafeBufferPointer { mean in
      inverse.withUnsafeBufferPointer { inverse in
        gamma.withUnsafeBufferPointer { gamma in
          let parameters = ChannelParameters(
            mean: mean.baseAddress!, inverseDeviation: inverse.baseAddress!, gamma: gamma.baseAddress!)
          channelNormalisation(
            sizes, input: x, parameters, beta: beta, output: &output, isRectified: isRectified, on: device)
          output.withUnsafeBufferPointer { output in
            channelNormalisationGradient(
              sizes, input: x, parameters, gradient: dout, output: isRectified ? output.baseAddress : nil,
              isTraining: isTraining, result: &dx, gammaResult: &dgamma, betaResult: &dbeta, on: device)
          }
        }
      }
    }
    for channel in 0..<channels {
      let places = x.indices.filter { $0 / places % channels == channel }
      let count = Double(places.count)
      let centre = places.reduce(0) { $0 + x[$1] } / count
      let spread = places.reduce(0) { $0 + (x[$1] - centre) * (x[$1] - centre) } / count
      #expect(abs(mean[channel] - centre) < 1e-14 && abs(variance[channel] - spread) < 1e-14)
      let normal = places.map { (x[$0] - centre) / (spread + 1e-5).squareRoot() }
      let expected = normal.map { max(isRectified ? 0 : -.infinity, gamma[channel] * $0 + beta[channel]) }
      #expect(zip(places, expected).allSatisfy { abs(output[$0] - $1) < 1e-12 })
      let passed = zip(places, expected).map { $1 > 0 || !isRectified ? dout[$0] : 0 }
      let sum = passed.reduce(0, +)
      let products = zip(passed, normal).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(dbeta[channel] - sum) < 1e-12 && abs(dgamma[channel] - products) < 1e-12)
      for (index, place) in places.enumerated() {
        let scale = gamma[channel] / (spread + 1e-5).squareRoot()
        let common = isTraining ? (sum + normal[index] * products) / count : 0
        #expect(abs(dx[place] - scale * (passed[index] - common)) < 1e-11)
      }
    }
  }
}
