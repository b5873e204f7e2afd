/// The sum of the squares of some numbers.
@usableFromInline package struct SquareSum<Scalar: KernelScalar>: Kernel {
  @usableFromInline let input: UnsafePointer<Scalar>
  @usableFromInline let count: Int
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable package init(input: UnsafePointer<Scalar>, count: Int, result: UnsafeMutablePointer<Scalar>) {
    (self.input, self.count, self.result) = (input, count, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    var sums = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))
    var index = 0
    while index + 4 * Vector.width <= count {
      let first = Vector(loading: input + index)
      let second = Vector(loading: input + index + Vector.width)
      let third = Vector(loading: input + index + 2 * Vector.width)
      let fourth = Vector(loading: input + index + 3 * Vector.width)
      sums.0.addProduct(first, first)
      sums.1.addProduct(second, second)
      sums.2.addProduct(third, third)
      sums.3.addProduct(fourth, fourth)
      index += 4 * Vector.width
    }
    var total = ((sums.0 + sums.1) + (sums.2 + sums.3)).sum()
    for index in index..<count { total += input[index] * input[index] }
    result.pointee = total
  }
}
