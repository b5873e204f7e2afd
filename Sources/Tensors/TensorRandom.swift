import RandomNumbers

extension Tensor {
  /// A tensor drawn from `distribution`, in row-major order: `np.random.randn(*shape)` and its like, with NumPy's numbers.
  public init(drawing distribution: Distribution, shape: Shape, from random: inout NumPyRandom) {
    self.init(unsafeUninitialized: shape)
    random.fill(unsafeMutableElements, from: distribution)
  }

  /// `np.random.randn(*shape)`: standard normal numbers.
  public static func randomNormal(_ shape: Shape, from random: inout NumPyRandom) -> Tensor {
    Tensor(drawing: .standardNormal, shape: shape, from: &random)
  }
}
