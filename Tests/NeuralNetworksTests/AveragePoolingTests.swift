import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import Testing

struct AveragePoolingTests {
  /// Windows, and what they make of 0…15 in four rows and of a gradient of ones.
  @Test(
    arguments: [
      (2, 2, 2, [2.5, 4.5, 10.5, 12.5], [Double](repeating: 0.25, count: 16)),
      (3, 3, 1, [5, 6, 9, 10], [1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1].map { $0 / 9 }),
      (1, 2, 3, [0.5, 12.5], [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5, 0, 0]),
    ] as [(Int, Int, Int, [Double], [Double])])
  func examples(height: Int, width: Int, stride: Int, expected: [Double], gradient: [Double]) throws {
    let layer = AveragePooling(PoolingWindows(height: height, width: width, stride: stride))
    let x = Tensor((0..<16).map { Double($0) }, shape: [1, 1, 4, 4])
    for implementation in [layer, try #require(layer.naive)] as [any LayerImplementation] {
      let (y, cache) = implementation.forward(x)
      #expect(scaledDifference(y.reshaped([expected.count]), Tensor(expected)) < 1e-15)
      let dx = try #require(implementation.backward(Tensor<Double>.ones(y.shape), cache).dx)
      #expect(scaledDifference(dx.reshaped([16]), Tensor(gradient)) < 1e-15)
    }
  }

  /// Both ways to compute it agree, overlapping windows and left-over rows included, in both precisions.
  @Test func naiveAndFastAgree() throws {
    for (seed, (shape, height, width, stride)) in [
      ([2, 3, 8, 8], 2, 2, 2), ([3, 2, 9, 7], 3, 2, 1), ([1, 2, 17, 18], 16, 17, 1), ([2, 1, 6, 6], 1, 4, 5),
    ].enumerated() as EnumeratedSequence<[(Shape, Int, Int, Int)]> {
      let layer = AveragePooling(PoolingWindows(height: height, width: width, stride: stride))
      let naive = try #require(layer.naive)
      var random = NumPyRandom(seed: UInt32(seed))
      let x = Tensor<Double>.randomNormal(shape, from: &random)
      let (y, cache) = layer.forward(x)
      let (expected, naiveCache) = naive.forward(x)
      #expect(scaledDifference(y, expected) < 1e-15)
      #expect(scaledDifference(layer.forward(x.cast(to: Float.self)).y.cast(to: Double.self), expected) < 1e-6)
      let dout = Tensor<Double>.randomNormal(y.shape, from: &random)
      let (dx, _) = layer.backward(dout, cache)
      #expect(scaledDifference(try #require(dx), try #require(naive.backward(dout, naiveCache).dx)) < 1e-15)
    }
  }

  @Test func aLineNamesIt() throws {
    let description = try NetworkDescription("conv(4) - relu - avgpool - avgpool(3, 1) - avgpool(2) - softmax")
    #expect(description.layers.map(\.layer.description).suffix(3) == ["avgpool", "avgpool(3, 1)", "avgpool"])
    let plan = try ConvNetPlan(description, inputShape: [3, 16, 16], classes: 10)
    #expect(plan.rows[2].outputShape == [4, 8, 8] && plan.rows[2].operations == 4 * 64 * 4)
    #expect(plan.rows[3].outputShape == [4, 6, 6] && plan.rows[2].parameters == 0)
  }
}
