import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import Testing

struct ResidualTests {
  private func network(_ line: String) throws -> ConvNet<Double> {
    var random = NumPyRandom(seed: 1)
    let plan = try ConvNetPlan(NetworkDescription(line), inputShape: [2, 6, 6], classes: 4)
    return ConvNet<Double>(plan, random: &random)
  }

  /// Layers that give zero leave what goes around them, and its gradient.
  @Test func whatGoesAroundIsAdded() throws {
    let around = try network("residual(conv(2) - relu - conv(2)) - affine(4) - softmax")
    var plain = try network("affine(4) - softmax")
    var silent = around
    silent.parameters["W2"] = .zeros(silent.parameters["W2"].shape)
    plain.parameters["W1"] = silent.parameters["W3"]
    var random = NumPyRandom(seed: 2)
    let images = Tensor<Double>.randomNormal([3, 2, 6, 6], from: &random)
    #expect(silent.scores(images) == plain.scores(images))
    #expect(around.scores(images) != plain.scores(images))
    let (gradients, expected) = (
      silent.lossAndGradients(images, labels: [0, 1, 3]), plain.lossAndGradients(images, labels: [0, 1, 3])
    )
    #expect(gradients.loss == expected.loss && gradients.gradients["W3"] == expected.gradients["W1"])
  }

  /// What comes before gets the gradient that goes around, too, not only the one through the layers.
  @Test func theGradientGoesAroundAndThrough() throws {
    var plain = try network("conv(2) - affine(4) - softmax")
    var silent = try network("conv(2) - residual(conv(2) - relu - conv(2)) - affine(4) - softmax")
    silent.parameters["W3"] = .zeros(silent.parameters["W3"].shape)
    (plain.parameters["W1"], plain.parameters["W2"]) = (silent.parameters["W1"], silent.parameters["W4"])
    var random = NumPyRandom(seed: 2)
    let images = Tensor<Double>.randomNormal([3, 2, 6, 6], from: &random)
    let expected = plain.lossAndGradients(images, labels: [0, 1, 3]).gradients["W1"]
    #expect(silent.lossAndGradients(images, labels: [0, 1, 3]).gradients["W1"] == expected)
    #expect(expected != .zeros(expected.shape))
  }

  /// The table is a tree: a residual's layers stand below it, further to the right.
  @Test func theTableIsATree() throws {
    let plan = try network("conv(4) - residual(conv(4) - residual(relu)) - pool - softmax").plan
    #expect(
      plan.rows.map(\.layer) == [
        "conv(4)", "residual", "  conv(4)", "  residual", "    relu", "pool", "affine(4)",
      ])
    #expect(plan.parameterNames == ["W1", "b1", "W2", "b2", "W3", "b3"])
    #expect(plan.rows[1].operations == 144 && plan.rows[1].parameters == 0)
    let parameters = plan.rows.map(\.parameters).reduce(0, +)
    #expect(parameters == 76 + 148 + 36 * 4 + 4)
    let layers = try NetworkDescription("conv(4) - [residual(conv(4, 3, 1) - relu)]x2 - svm").layers
    #expect(layers.map(\.layer.description) == ["conv(4)"] + Array(repeating: "residual(conv(4) - relu)", count: 2))
  }

  /// Each takes its part of a thread's stack.
  @Test func residualsAreOnlySoDeep() throws {
    func line(_ depth: Int) -> String {
      String(repeating: "residual(", count: depth) + "relu" + String(repeating: ")", count: depth) + " - softmax"
    }
    let deepest = NetworkDescription.deepestResidual
    _ = try network(line(deepest)).scores(.ones([1, 2, 6, 6]))
    #expect(throws: NetworkDescriptionError.self) { try NetworkDescription(line(deepest + 1)) }
    #expect(throws: NetworkDescriptionError.self) { try NetworkDescription(line(100_000)) }
  }
}
