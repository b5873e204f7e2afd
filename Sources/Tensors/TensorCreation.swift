import RandomNumbers

extension Tensor {
  /// A tensor filled with `value`.
  public init(repeating value: Scalar, shape: Shape) {
    self.init(unsafeUninitialized: shape)
    unsafeMutableElements.initialize(repeating: value)
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: 0, shape: shape) }

  /// A tensor of ones.
  public static func ones(_ shape: Shape) -> Tensor { Tensor(repeating: 1, shape: shape) }

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

  /// The numbers 0, 1, … below `count`.
  public static func arange(_ count: Int) -> Tensor { Tensor((0..<count).map { Scalar($0) }) }

  /// A tensor drawn from `distribution`, in row-major order: `np.random.randn(*shape)` and its like, with NumPy's numbers.
  public init(drawing distribution: Distribution, shape: Shape, from random: inout NumPyRandom) {
    self.init(unsafeUninitialized: shape)
    random.fill(unsafeMutableElements, from: distribution)
  }

  /// `np.random.randn(*shape)`: standard normal numbers.
  public static func randomNormal(_ shape: Shape, from random: inout NumPyRandom) -> Tensor {
    Tensor(drawing: .standardNormal, shape: shape, from: &random)
  }

  /// The tensor that `values`, lists nested to any depth, spell out.
  ///
  /// - Throws: `ShapeError` when lists at one depth differ in length.
  package init<Nested: NestedNumbers>(nested values: Nested) throws where Nested.Number == Scalar {
    let dimensions = values.nestedDimensions
    var elements: [Scalar] = []
    try values.append(to: &elements, dimensions: dimensions[...])
    self.init(elements, shape: Shape(dimensions))
  }
}

/// Lists of lists of numbers, as deep as one likes; or one number.
package protocol NestedNumbers {
  /// What the innermost lists hold.
  associatedtype Number: TensorScalar
  /// The depth of nesting: 0 for a number.
  static var depth: Int { get }
  /// The lengths along the first element of each depth.
  var nestedDimensions: [Int] { get }
  /// Appends the numbers in row-major order; throws `ShapeError` where a list is not as long as `dimensions` say.
  func append(to elements: inout [Number], dimensions: ArraySlice<Int>) throws
}

extension NestedNumbers where Self: TensorScalar, Number == Self {
  /// A number is no list.
  package static var depth: Int { 0 }
  /// A number has no axes.
  package var nestedDimensions: [Int] { [] }
  /// Appends the number.
  package func append(to elements: inout [Self], dimensions: ArraySlice<Int>) throws { elements.append(self) }
}

extension Float: NestedNumbers {
  /// What the innermost lists hold.
  package typealias Number = Float
}

extension Double: NestedNumbers {
  /// What the innermost lists hold.
  package typealias Number = Double
}

extension Array: NestedNumbers where Element: NestedNumbers {
  /// What the innermost lists hold.
  package typealias Number = Element.Number
  /// One more than that of an element.
  package static var depth: Int { Element.depth + 1 }

  /// The number of elements, then the lengths of the first of them.
  package var nestedDimensions: [Int] {
    [count] + (first?.nestedDimensions ?? Array<Int>(repeating: 0, count: Element.depth))
  }

  /// Appends the elements one after another.
  package func append(to elements: inout [Number], dimensions: ArraySlice<Int>) throws {
    guard let length = dimensions.first, count == length else {
      throw ShapeError("a list of \(count) stands where the first one at that depth has \(dimensions.first ?? 0)")
    }
    for element in self { try element.append(to: &elements, dimensions: dimensions.dropFirst()) }
  }
}
