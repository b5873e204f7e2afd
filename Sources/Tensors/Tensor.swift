/// A multidimensional array of numbers: a shape and its elements in row-major order, one after another.
///
/// A tensor is a value. Copies share their elements until one of them changes.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The lengths of the axes.
  public private(set) var shape: Shape
  /// What computes with it, and where its elements are.
  public private(set) var device: Device
  @usableFromInline var storage: TensorStorage

  /// A tensor whose elements are unspecified until they are written. For code that writes all of them at once.
  public init(unsafeUninitialized shape: Shape, on device: Device) {
    (self.shape, self.device) = (shape, device)
    storage = TensorStorage(byteCount: shape.elementCount * MemoryLayout<Scalar>.stride, in: device.buffers)
  }

  /// A tensor whose elements `initialize` writes, all of them.
  @inlinable
  public init(
    shape: Shape, on device: Device, initializingWith initialize: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) rethrows {
    self.init(unsafeUninitialized: shape, on: device)
    try initialize(unsafeMutableElements)
  }

  /// A tensor of `shape` with these elements in row-major order. Traps when their number is another.
  public init(_ elements: some Collection<Scalar>, shape: Shape, on device: Device = .serial) {
    guard elements.count == shape.elementCount else {
      fatalError("\(elements.count) elements do not fill a tensor of shape \(shape)")
    }
    self.init(unsafeUninitialized: shape, on: device)
    _ = unsafeMutableElements.initialize(fromContentsOf: elements)
  }

  /// A tensor with one axis holding `elements`.
  public init(_ elements: some Collection<Scalar>) { self.init(elements, shape: [elements.count]) }

  /// The same elements, where they are, for `device` to compute with.
  public func on(_ device: Device) -> Tensor {
    var result = self
    result.device = device
    return result
  }

  /// The number of elements.
  @inlinable public var count: Int { shape.elementCount }

  /// The elements as an array.
  public var elements: [Scalar] { withUnsafeBufferPointer { Array($0) } }

  /// The element at the place that has one index for each axis.
  public subscript(indices: Int...) -> Scalar {
    get { unsafeMutableElements[offset(of: indices)] }
    set {
      let place = offset(of: indices)
      withUnsafeMutableBufferPointer { $0[place] = newValue }
    }
  }

  private func offset(of indices: [Int]) -> Int {
    guard indices.count == shape.rank else { fatalError("\(indices.count) indices into a tensor of shape \(shape)") }
    var offset = 0
    for (index, length) in zip(indices, shape.dimensions) {
      guard index >= 0 && index < length else { fatalError("index \(indices) is outside a tensor of shape \(shape)") }
      offset = offset * length + index
    }
    return offset
  }

  /// The same elements in another shape, without a copy. Traps when the numbers of elements differ.
  public func reshaped(_ shape: Shape) -> Tensor {
    guard shape.elementCount == self.shape.elementCount else {
      fatalError("a tensor of shape \(self.shape) cannot be reshaped to \(shape)")
    }
    var result = self
    result.shape = shape
    return result
  }

  // MARK: Access for kernels

  /// Calls `body` with the elements, which must not be used after it returns.
  @inlinable
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let result = try body(UnsafeBufferPointer(unsafeMutableElements))
    withExtendedLifetime(storage) {}
    return result
  }

  /// Calls `body` with the elements, to be changed; they must not be used after it returns.
  @inlinable
  public mutating func withUnsafeMutableBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
    let result = try body(unsafeMutableElements)
    withExtendedLifetime(storage) {}
    return result
  }

  /// The elements, for as long as the storage lives; to be written only while it is not shared.
  @inlinable var unsafeMutableElements: UnsafeMutableBufferPointer<Scalar> {
    UnsafeMutableBufferPointer(start: storage.pointer.assumingMemoryBound(to: Scalar.self), count: shape.elementCount)
  }
}

extension Tensor: Equatable {
  /// Whether the shapes are the same and all elements are equal; NaN equals nothing.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    a.shape == b.shape && a.withUnsafeBufferPointer { x in b.withUnsafeBufferPointer { y in x.elementsEqual(y) } }
  }
}

extension Tensor: CustomStringConvertible {
  /// The type and shape, and the elements of a small tensor.
  public var description: String {
    let elements = count <= 16 ? " \(elements)" : ""
    return "\(Scalar.typeName) tensor of shape \(shape)\(elements)"
  }
}
