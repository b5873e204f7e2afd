import Foundation
import NeuralNetworks
import RandomNumbers
import Tensors
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

  @Test func everyOptimiserHasAReference() throws {
    #expect(Set(try Self.references.map(\.rule)) == Set(OptimiserKind.allCases))
  }

  /// A state that was written and read again goes on as if it had not been.
  @Test(arguments: OptimiserKind.allCases)
  func statesSurviveCoding(kind: OptimiserKind) throws {
    var random = NumPyRandom(seed: 3)
    let optimiser = kind.makeOptimiser(learningRate: 0.1)
    var w = Tensor<Float>.randomNormal([5], from: &random)
    var state: OptimiserState<Float> = optimiser.initialState(for: w.shape)
    for step in 0..<4 {
      optimiser.update(&w, gradient: .randomNormal([5], from: &random), decay: 0, state: &state)
      #expect(state.step == step + 1)
      #expect(try JSONDecoder().decode(OptimiserState<Float>.self, from: JSONEncoder().encode(state)) == state)
    }
  }

  private func tenSteps<Scalar: TensorScalar>(_ reference: Reference, as type: Scalar.Type) -> Tensor<Scalar> {
    var random = NumPyRandom(seed: 7)
    let optimiser = reference.rule.makeOptimiser()
    var w = Tensor<Scalar>.randomNormal([3, 4], from: &random)
    var state: OptimiserState<Scalar> = optimiser.initialState(for: w.shape)
    for _ in 0..<10 {
      let gradient = Tensor<Scalar>.randomNormal([3, 4], from: &random) + w.map { Scalar(sin(Double($0))) }
      optimiser.update(&w, gradient: gradient, decay: reference.decay, state: &state)
    }
    return w
  }
}
