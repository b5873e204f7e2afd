/// What the gradient of batch normalisation is taken from, for one channel.
@usableFromInline package struct ChannelGradients<Scalar: KernelScalar> {
  @usableFromInline let planes: ChannelPlanes<Scalar>
  /// The first plane of the output's gradient, with the same strides.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The first plane of the output when ReLU stands behind the normalisation: gradients of outputs that are not positive then
  /// count as zero.
  @usableFromInline let output: UnsafePointer<Scalar>?
  /// μ.
  @usableFromInline let centre: Scalar

  @inlinable
  package init(
    _ planes: ChannelPlanes<Scalar>, gradient: UnsafePointer<Scalar>, output: UnsafePointer<Scalar>?, centre: Scalar
  ) {
    (self.planes, self.gradient, self.output, self.centre) = (planes, gradient, output, centre)
  }

  /// The gradients that count from `index` on, and x − μ.
  @inlinable @inline(__always)
  func load<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) -> (dout: Vector, centred: Vector) {
    var dout = Vector(loading: gradient + index)
    if let output { dout = dout.keeping(wherePositive: Vector(loading: output + index)) }
    return (dout, Vector(loading: planes.input + index) - Vector(repeating: centre))
  }
}

/// The sums that the gradient of batch normalisation needs, over one channel: that of the output's gradients and that of their
/// products with the normalised inputs x̂ = (x − μ) / √(σ² + ε).
@usableFromInline package struct ChannelGradientSums<Scalar: KernelScalar>: Kernel {
  @usableFromInline let channel: ChannelGradients<Scalar>
  /// 1 / √(σ² + ε).
  @usableFromInline let inverseDeviation: Scalar
  /// The sum of the gradients, then that of the products.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(_ channel: ChannelGradients<Scalar>, inverseDeviation: Scalar, result: UnsafeMutablePointer<Scalar>) {
    (self.channel, self.inverseDeviation, self.result) = (channel, inverseDeviation, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    var (sum, products) = (Scalar(0), Scalar(0))
    for plane in 0..<channel.planes.count {
      let offsets = channel.planes.offsets(ofPlane: plane)
      var index = offsets.lowerBound
      var sums = (Vector(repeating: 0), Vector(repeating: 0))
      while index + Vector.width <= offsets.upperBound {
        add(index, to: &sums)
        index += Vector.width
      }
      var rest = (SingleNumber<Scalar>(repeating: sums.0.sum()), SingleNumber<Scalar>(repeating: sums.1.sum()))
      for index in index..<offsets.upperBound { add(index, to: &rest) }
      sum += rest.0.number
      products += rest.1.number
    }
    result[0] = sum
    result[1] = products * inverseDeviation
  }

  /// Adds the gradients from `index` on, and their products with x − μ.
  @inlinable @inline(__always) func add<Vector: NumberVector<Scalar>>(_ index: Int, to sums: inout (Vector, Vector)) {
    let (dout, centred) = channel.load(Vector.self, index)
    sums.0 = sums.0 + dout
    sums.1.addProduct(dout, centred)
  }
}
