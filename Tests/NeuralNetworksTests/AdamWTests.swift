import Foundation
import NbrunRandomNumbers
import NbrunTensors
import Testing

@testable import NbrunNeuralNetworks

struct AdamWTests {
  /// Ten steps against the paper's algorithm 2, number by number, on a gradient that depends on the parameter.
  @Test(arguments: [0, 0.01, 0.5])
  func tenStepsAreThoseOfThePaper(decay: Double) {
    var random = NumPyRandom(seed: 7)
    let optimiser = OptimiserKind(rawValue: "adamw")!.makeOptimiser(learningRate: 0.05)
    let start = Tensor<Double>.randomNormal([3, 4], from: &random)
    var (double, single) = (start, start.cast(to: Float.self))
    var expected = start.elements
    var (m, v) = ([Double](repeating: 0, count: 12), [Double](repeating: 0, count: 12))
    var state: OptimiserState<Double> = optimiser.initialState(for: start)
    var singleState: OptimiserState<Float> = optimiser.initialState(for: single)
    for step in 1...10 {
      let gradient = double.map { sin(3 * $0) }
      let singleGradient = gradient.cast(to: Float.self)
      for (index, g) in gradient.elements.enumerated() {
        m[index] = 0.9 * m[index] + 0.1 * g
        v[index] = 0.999 * v[index] + 0.001 * g * g
        let (mean, square) = (m[index] / (1 - pow(0.9, Double(step))), v[index] / (1 - pow(0.999, Double(step))))
        expected[index] -= 0.05 * (mean / (square.squareRoot() + 1e-8) + decay * expected[index])
      }
      optimiser.update(&double, gradient: .array(gradient), decay: decay, state: &state)
      optimiser.update(&single, gradient: .array(singleGradient), decay: decay, state: &singleState)
    }
    #expect(relativeError(double.reshaped([12]), Tensor(expected)) < 1e-13)
    #expect(relativeError(single.cast(to: Double.self).reshaped([12]), Tensor(expected)) < 1e-4)
  }

  /// Without a penalty it is Adam; with one, a weight without gradient only shrinks.
  @Test func theDecayDoesNotGoThroughTheMeans() {
    var random = NumPyRandom(seed: 3)
    let gradient = Tensor<Double>.randomNormal([5], from: &random)
    for (decay, isAdam) in [(0.0, true), (0.1, false)] {
      var (w, expected) = (Tensor<Double>.ones([5]), Tensor<Double>.ones([5]))
      var (state, adamState): (OptimiserState<Double>, OptimiserState<Double>) = (
        AdamW().initialState(for: w), Adam().initialState(for: w)
      )
      AdamW().update(&w, gradient: .array(gradient), decay: decay, state: &state)
      Adam().update(&expected, gradient: .array(gradient), decay: decay, state: &adamState)
      #expect((w == expected) == isAdam && (state == adamState) == isAdam)
    }
    var w = Tensor<Double>.ones([5])
    var state: OptimiserState<Double> = AdamW().initialState(for: w)
    AdamW(adam: Adam(learningRate: 0.5)).update(&w, gradient: .array(.zeros([5])), decay: 0.1, state: &state)
    #expect(w == Tensor(repeating: 0.95, shape: [5]))
  }
}
