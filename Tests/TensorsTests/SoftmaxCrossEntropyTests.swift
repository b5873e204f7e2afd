import Foundation
import NbrunTestSupport
import Testing

@testable import NbrunTensors

@Suite("Softmax and cross-entropy")
struct SoftmaxCrossEntropyTests {
  @Test("agree with the definition, with the same bits for every number of threads", arguments: [1, 63, 64, 65, 300])
  func agreesWithTheDefinition(rows: Int) {
    var random = SplitMix(state: UInt64(rows))
    for classes in [1, 2, 10, 33] {
      let scores: [Double] = random.array(count: rows * classes).map { 20 * $0 }
      let labels = (0..<rows).map { _ in Int.random(in: 0..<classes, using: &random) }
      let results = [1, 2, 3].map { threadCount in
        var gradient = scores.map { _ in Double.nan }
        let loss = softmaxCrossEntropy(
          scores: scores, labels: labels, rows: rows, classes: classes, gradient: &gradient,
          on: Device(threads: threadCount))
        return [loss] + gradient
      }
      #expect(results[0] == results[1] && results[0] == results[2])

      var expected = 0.0
      for row in 0..<rows {
        let powers = scores[row * classes..<(row + 1) * classes].map { exp($0) }
        let sum = powers.reduce(0, +)
        expected -= log(powers[labels[row]] / sum)
        for j in 0..<classes {
          let gradient = (powers[j] / sum - (j == labels[row] ? 1 : 0)) / Double(rows)
          #expect(abs(results[0][1 + row * classes + j] - gradient) < 1e-15)
        }
      }
      #expect(abs(results[0][0] - expected) <= 1e-12 * max(expected, 1))
    }
  }

  @Test("stay finite for large scores, and keep what is not a number")
  func largeScores() {
    var gradient: [Float] = [.nan, .nan]
    for (scores, label, expected) in [([1e30, 0], 0, 0), ([0, 800], 0, 800), ([-1e30, 1e30], 0, 2e30)]
      as [([Float], Int, Double)]
    {
      let loss = softmaxCrossEntropy(
        scores: scores, labels: [label], rows: 1, classes: 2, gradient: &gradient, on: device)
      #expect(abs(loss - expected) <= 1e-7 * expected)
      #expect(gradient == (expected == 0 ? [0, 0] : [-1, 1]))
    }
    let scores: [Float] = [.nan, 0]
    let loss = softmaxCrossEntropy(
      scores: scores, labels: [0], rows: 1, classes: 2, gradient: &gradient, on: device)
    #expect(loss.isNaN)
  }
}
