import NbrunRandomNumbers

extension Tensor {
  /// A tensor filled with `value`.
  public init(repeating value: Scalar, shape: Shape, on device: Device = .serial) {
    self.init(unsafeUninitialized: shape, on: device)
    unsafeMutableElements.initialize(repeating: value)
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: Shape, on device: Device = .serial) -> Tensor {
    Tensor(repeating: 0, shape: shape, on: device)
  }

  /// `count` numbers from `start` to `end`, both included, at equal distances; bit for bit those of `numpy.linspace`.
  public static func linspace(_ start: Double, _ end: Double, count: Int) -> Tensor {
    // NumPy's order of operations: the step is rounded first, the last number is `end` itself.
    let step = (end - start) / Double(count - 1)
    let values = (0..<count).map { index -> Scalar in
      guard index < count - 1 || count == 1 else { return Scalar(end) }
      guard count > 1 else { return Scalar(start) }
      let offset = step == 0 ? Double(index) / Double(count - 1) * (end - start) : Double(index) * step
      return Scalar(offset + start)
    }
    return Tensor(values)
  }

  /// A tensor drawn from `distribution`, in row-major order: `np.random.randn(*shape)` and its like, with NumPy's numbers.
  public init(
    drawing distribution: Distribution, shape: Shape, from random: inout NumPyRandom, on device: Device = .serial
  ) {
    self.init(unsafeUninitialized: shape, on: device)
    random.fill(unsafeMutableElements, from: distribution)
  }

  /// `np.random.randn(*shape)`: standard normal numbers.
  public static func randomNormal(
    _ shape: Shape, from random: inout NumPyRandom, on device: Device = .serial
  ) -> Tensor {
    Tensor(drawing: .standardNormal, shape: shape, from: &random, on: device)
  }

  /// The tensor N×C×H×W that nested lists spell out.
  ///
  /// - Throws: `ShapeError` when lists at one depth differ in length.
  package init(nested images: [[[[Scalar]]]]) throws(ShapeError) {
    func joined<Element>(_ lists: [[Element]]) throws(ShapeError) -> (length: Int, elements: [Element]) {
      let length = lists.first?.count ?? 0
      if let other = lists.first(where: { $0.count != length }) {
        throw ShapeError("a list of \(other.count) stands where the first one at that depth has \(length)")
      }
      return (length, Array(lists.joined()))
    }
    let channels = try joined(images)
    let rows = try joined(channels.elements)
    let numbers = try joined(rows.elements)
    self.init(numbers.elements, shape: [images.count, channels.length, rows.length, numbers.length])
  }
}
