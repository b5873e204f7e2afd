import Foundation
import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import Testing

struct OptimiserTests {
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    let rule: OptimiserKind
    let decay: Double
    let double: Tensor<Double>
    let single: Tensor<Float>

    var testDescription: String { "\(rule.rawValue), decay \(decay)" }
  }

  static var references: [Reference] { get throws { try Fixture.load("optimisers.json") } }

  @Test(arguments: try references)
  func tenStepsAreThoseOfNumPy(reference: Reference) {
    #expect(relativeError(tenSteps(reference, as: Double.self), reference.double) < 1e-13)
    #expect(relativeError(tenSteps(reference, as: Float.self), reference.single) < 1e-5)
  }

  /// Whole vectors, what is left after them, and several threads.
  @Test(arguments: [1, 7, 8, 33, 40_000])
  func stepsFollowTheirFormulas(count: Int) {
    var random = NumPyRandom(seed: 4)
    let device = Device(threads: 2)
    let start = Tensor<Double>.randomNormal([count], from: &random, on: device)
    let gradients = (0..<4).map { _ in Tensor<Double>.randomNormal([count], from: &random) }
    let (rate, decay) = (0.1, 0.01)
    let moved = ["adam", "sgd-momentum", "sgd-nesterov-momentum", "sgd", "rmsprop"].map { name in
      let optimiser = OptimiserKind(rawValue: name)!.makeOptimiser(learningRate: rate)
      var w = start
      var state: OptimiserState<Double> = optimiser.initialState(for: w)
      for gradient in gradients { optimiser.update(&w, gradient: .array(gradient), decay: decay, state: &state) }
      return w.elements
    }
    for (index, first) in start.elements.enumerated() {
      var w = [Double](repeating: first, count: 5)
      var m = 0.0, v = 0.0, speed = 0.0, nesterovSpeed = 0.0, a = 0.0
      for (step, gradient) in gradients.enumerated() {
        let dw = w.map { gradient[index] + decay * $0 }
        m = 0.9 * m + 0.1 * dw[0]
        v = 0.999 * v + 0.001 * dw[0] * dw[0]
        let t = Double(step + 1)
        w[0] -= rate * (m / (1 - pow(0.9, t))) / ((v / (1 - pow(0.999, t))).squareRoot() + 1e-8)
        speed = 0.9 * speed - rate * dw[1]
        w[1] += speed
        let old = nesterovSpeed
        nesterovSpeed = 0.9 * old - rate * dw[2]
        w[2] += nesterovSpeed + 0.9 * (nesterovSpeed - old)
        w[3] -= rate * dw[3]
        a = 0.99 * a + 0.01 * dw[4] * dw[4]
        w[4] -= rate * dw[4] / (a.squareRoot() + 1e-8)
      }
      let isRight = zip(moved, w).allSatisfy { abs($0[index] - $1) < 1e-12 }
      if !isRight { Issue.record("entry \(index): \(moved.map { $0[index] }) are not \(w)") }
    }
  }

  @Test func everyOptimiserHasAReference() throws {
    #expect(Set(try Self.references.map(\.rule)) == Set(OptimiserKind.allCases))
  }

  /// A state that was written and read again goes on as if it had not been.
  @Test(arguments: OptimiserKind.allCases)
  func statesSurviveCoding(kind: OptimiserKind) throws {
    var random = NumPyRandom(seed: 3)
    let optimiser = kind.makeOptimiser(learningRate: 0.1)
    var w = Tensor<Float>.randomNormal([5], from: &random)
    var state: OptimiserState<Float> = optimiser.initialState(for: w)
    for step in 0..<4 {
      optimiser.update(&w, gradient: .array(.randomNormal([5], from: &random)), decay: 0, state: &state)
      #expect(state.step == step + 1)
      #expect(try JSONDecoder().decode(OptimiserState<Float>.self, from: JSONEncoder().encode(state)) == state)
    }
  }

  /// A gradient given as two factors moves a parameter to the very numbers to which their product moves it.
  @Test(arguments: OptimiserKind.allCases)
  func factorsAreAsGoodAsTheirProduct(kind: OptimiserKind) {
    for (examples, rows, columns) in [(0, 3, 2), (1, 1, 1), (7, 25, 3), (50, 131, 10), (50, 700, 61), (300, 50, 500)] {
      compareFactorsWithTheirProduct(Float.self, kind, examples, rows, columns)
      compareFactorsWithTheirProduct(Double.self, kind, examples, rows, columns)
    }
  }

  private func compareFactorsWithTheirProduct<Scalar: TensorScalar>(
    _: Scalar.Type, _ kind: OptimiserKind, _ examples: Int, _ rows: Int, _ columns: Int
  ) {
    var random = NumPyRandom(seed: 5)
    let optimiser = kind.makeOptimiser()
    var moved = Tensor<Scalar>.randomNormal([rows, columns], from: &random)
    var expected = moved
    var state: OptimiserState<Scalar> = optimiser.initialState(for: moved)
    var expectedState = state
    for _ in 0..<3 {
      let gradient = Gradient<Scalar>.product(
        left: .randomNormal([examples, rows], from: &random), right: .randomNormal([examples, columns], from: &random))
      #expect(gradient.shape == moved.shape)
      optimiser.update(&moved, gradient: gradient, decay: 0.1, state: &state)
      optimiser.update(&expected, gradient: .array(gradient.array), decay: 0.1, state: &expectedState)
    }
    #expect(moved == expected && state == expectedState, "\(examples) examples, \(rows)×\(columns)")
  }

  private func tenSteps<Scalar: TensorScalar>(_ reference: Reference, as type: Scalar.Type) -> Tensor<Scalar> {
    var random = NumPyRandom(seed: 7)
    let optimiser = reference.rule.makeOptimiser()
    var w = Tensor<Scalar>.randomNormal([3, 4], from: &random)
    var state: OptimiserState<Scalar> = optimiser.initialState(for: w)
    for _ in 0..<10 {
      let gradient = Tensor<Scalar>.randomNormal([3, 4], from: &random) + w.map { Scalar(sin(Double($0))) }
      optimiser.update(&w, gradient: .array(gradient), decay: reference.decay, state: &state)
    }
    return w
  }
}
