import Foundation
import Testing

@testable import NbrunTensors

@Suite("Elementwise operations and normalisation")
struct ElementwiseTests {
  static let counts = [1, 3, 8, 31, 64, 1000, 40_000]
  let pool = ThreadPool(threadCount: 2)

  @Test("ReLU and its gradient, NaN and infinity included", arguments: counts)
  func rectification(count: Int) {
    var random = SplitMix(state: 1)
    var input: [Float] = random.array(count: count)
    var gradient: [Float] = random.array(count: count)
    input[0] = .nan
    gradient[count / 2] = .infinity
    var output = input
    rectify(input, into: &output, count: count, pool: pool)
    #expect(zip(input, output).allSatisfy { $0.isNaN ? $1.isNaN : $1 == max(0, $0) })
    var result = gradient
    rectifyGradient(gradient, output: output, into: &result, count: count, pool: pool)
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
    sumRows(input, rows: 5, columns: count, into: &result, pool: pool)
    for column in 0..<count {
      #expect(abs(result[column] - (0..<5).reduce(0) { $0 + input[$1 * count + column] }) < 1e-14)
    }
    let squares = input.reduce(0) { $0 + $1 * $1 }
    #expect(abs(sumOfSquares(input, count: input.count, pool: pool) - squares) < 1e-12 * squares)
  }

  @Test("optimisers follow their formulas", arguments: counts)
  func optimisers(count: Int) {
    var random = SplitMix(state: 4)
    let start: [Double] = random.array(count: count)
    let gradients: [[Double]] = (0..<4).map { _ in random.array(count: count) }
    let (rate, decay, epsilon) = (0.1, 0.01, 1e-8)
    var adam = start, momentum = start, nesterov = start, plain = start, rms = start
    var adamMean = start.map { _ in 0.0 }
    var adamSquare = adamMean, velocity = adamMean, nesterovVelocity = adamMean, rmsSquare = adamMean
    for (step, gradient) in gradients.enumerated() {
      func parameter(_ values: UnsafeMutablePointer<Double>) -> OptimisedParameter<Double> {
        gradient.withUnsafeBufferPointer {
          OptimisedParameter(values: values, gradient: .elements($0.baseAddress!), decay: decay, count: count)
        }
      }
      adamStep(
        parameter(&adam), mean: &adamMean, meanSquare: &adamSquare, step: step + 1, learningRate: rate, beta1: 0.9,
        beta2: 0.999, epsilon: epsilon, pool: pool)
      momentumStep(
        parameter(&momentum), velocity: &velocity, learningRate: rate, momentum: 0.9, isNesterov: false, pool: pool)
      momentumStep(
        parameter(&nesterov), velocity: &nesterovVelocity, learningRate: rate, momentum: 0.9, isNesterov: true,
        pool: pool)
      gradientStep(parameter(&plain), learningRate: rate, pool: pool)
      rmsPropStep(
        parameter(&rms), meanSquare: &rmsSquare, learningRate: rate, decayRate: 0.99, epsilon: epsilon, pool: pool)
    }
    for index in 0..<count {
      var w = [Double](repeating: start[index], count: 5)
      var m = 0.0, v = 0.0, speed = 0.0, nesterovSpeed = 0.0, a = 0.0
      for (step, gradient) in gradients.enumerated() {
        let dw = w.map { gradient[index] + decay * $0 }
        m = 0.9 * m + 0.1 * dw[0]
        v = 0.999 * v + 0.001 * dw[0] * dw[0]
        let t = Double(step + 1)
        w[0] -= rate * (m / (1 - pow(0.9, t))) / ((v / (1 - pow(0.999, t))).squareRoot() + epsilon)
        speed = 0.9 * speed - rate * dw[1]
        w[1] += speed
        let old = nesterovSpeed
        nesterovSpeed = 0.9 * old - rate * dw[2]
        w[2] += nesterovSpeed + 0.9 * (nesterovSpeed - old)
        w[3] -= rate * dw[3]
        a = 0.99 * a + 0.01 * dw[4] * dw[4]
        w[4] -= rate * dw[4] / (a.squareRoot() + epsilon)
      }
      let actual = [adam[index], momentum[index], nesterov[index], plain[index], rms[index]]
      #expect(zip(actual, w).allSatisfy { abs($0 - $1) < 1e-12 }, "\(actual) \(w)")
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
    let sizes = ChannelSizes(examples: examples, channels: channels, places: places)
    let x: [Double] = random.array(count: examples * channels * places)
    let dout: [Double] = random.array(count: x.count)
    let gamma: [Double] = random.array(count: channels), beta: [Double] = random.array(count: channels)
    var mean = gamma, variance = gamma, output = x, dx = x, dgamma = gamma, dbeta = gamma
    channelStatistics(sizes, input: x, mean: &mean, variance: &variance, pool: pool)
    let inverse = variance.map { 1 / ($0 + 1e-5).squareRoot() }
    mean.withUnsafeBufferPointer { mean in
      inverse.withUnsafeBufferPointer { inverse in
        gamma.withUnsafeBufferPointer { gamma in
          let parameters = ChannelParameters(
            mean: mean.baseAddress!, inverseDeviation: inverse.baseAddress!, gamma: gamma.baseAddress!)
          channelNormalisation(
            sizes, input: x, parameters, beta: beta, output: &output, isRectified: isRectified, pool: pool)
          output.withUnsafeBufferPointer { output in
            channelNormalisationGradient(
              sizes, input: x, parameters, gradient: dout, output: isRectified ? output.baseAddress : nil,
              isTraining: isTraining, result: &dx, gammaResult: &dgamma, betaResult: &dbeta, pool: pool)
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
