// Minimal filtering F(4×4, 3×3): sixteen outputs of a 3×3 filter take 36 products instead of 144. With the matrices
//
//        4  0 −5  0  1  0            1/4    0    0
//        0 −4 −4  1  1  0           −1/6 −1/6 −1/6             1  1  1  1  1  0
//   Bᵀ = 0  4 −4 −1  1  0      G =  −1/6  1/6 −1/6       Aᵀ =  0  1 −1  2 −2  0
//        0 −2 −1  2  1  0           1/24 1/12  1/6             0  1  1  4  4  0
//        0  2 −1 −2  1  0           1/24 −1/12 1/6             0  1 −1  8 −8  1
//        0  4  0 −5  0  1             0    0    1
//
// the outputs of a tile d of 6×6 numbers are Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A.
// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.

/// Rows or columns of a tile on their way through one of the matrices.
@usableFromInline typealias Six<Vector> = (Vector, Vector, Vector, Vector, Vector, Vector)

/// Four rows or columns of a tile.
@usableFromInline typealias Four<Vector> = (Vector, Vector, Vector, Vector)

/// Three rows or columns of a filter.
@usableFromInline typealias Three<Vector> = (Vector, Vector, Vector)

extension KernelVector {
  /// Bᵀ d.
  @inlinable @inline(__always) static func inputTransform(_ d: Six<Self>) -> Six<Self> {
    let four = Self(repeating: 4)
    let five = Self(repeating: 5)
    let two = Self(repeating: 2)
    let evenFour = d.4 - four * d.2
    let oddFour = d.3 - four * d.1
    let evenOne = d.4 - d.2
    let oddTwo = two * (d.3 - d.1)
    return (
      four * d.0 - five * d.2 + d.4, evenFour + oddFour, evenFour - oddFour, evenOne + oddTwo, evenOne - oddTwo,
      four * d.1 - five * d.3 + d.5
    )
  }

  /// Aᵀ m.
  @inlinable @inline(__always) static func outputTransform(_ m: Six<Self>) -> Four<Self> {
    var sum = m.1 + m.2
    var difference = m.1 - m.2
    let farSum = m.3 + m.4
    let farDifference = m.3 - m.4
    let first = m.0 + sum + farSum
    var last = difference + m.5
    difference.addProduct(Self(repeating: 2), farDifference)
    sum.addProduct(Self(repeating: 4), farSum)
    last.addProduct(Self(repeating: 8), farDifference)
    return (first, difference, sum, last)
  }

  /// A y, the transpose of the output's transform: for its gradient.
  @inlinable @inline(__always) static func gradientTransform(_ y: Four<Self>) -> Six<Self> {
    let even = y.0 + y.2
    let odd = y.1 + y.3
    let farEven = y.0 + Self(repeating: 4) * y.2
    let farOdd = Self(repeating: 2) * y.1 + Self(repeating: 8) * y.3
    return (y.0, even + odd, even - odd, farEven + farOdd, farEven - farOdd, y.3)
  }

  /// G g.
  @inlinable @inline(__always) static func filterTransform(_ g: Three<Self>) -> Six<Self> {
    let sixth = Self(repeating: -1 / 6)
    let even = sixth * (g.0 + g.2)
    let odd = sixth * g.1
    let farEven = Self(repeating: 1 / 24) * g.0 + Self(repeating: 1 / 6) * g.2
    let farOdd = Self(repeating: 1 / 12) * g.1
    return (Self(repeating: 1 / 4) * g.0, even + odd, even - odd, farEven + farOdd, farEven - farOdd, g.2)
  }

  /// Gᵀ u, the transpose of the filter's transform: for its gradient.
  @inlinable @inline(__always) static func filterGradientTransform(_ u: Six<Self>) -> Three<Self> {
    let sixth = Self(repeating: 1 / 6)
    let sum = sixth * (u.1 + u.2)
    let farSum = u.3 + u.4
    return (
      Self(repeating: 1 / 4) * u.0 - sum + Self(repeating: 1 / 24) * farSum,
      sixth * (u.2 - u.1) + Self(repeating: 1 / 12) * (u.3 - u.4), sixth * farSum - sum + u.5
    )
  }

  /// Six vectors, `stride` apart.
  @inlinable @inline(__always) static func six(_ source: UnsafePointer<Scalar>, stride: Int) -> Six<Self> {
    let ((a, b, c), (d, e, f)) = (three(source, stride: stride), three(source + 3 * stride, stride: stride))
    return (a, b, c, d, e, f)
  }

  /// Four vectors, `stride` apart.
  @inlinable @inline(__always) static func four(_ source: UnsafePointer<Scalar>, stride: Int) -> Four<Self> {
    let (a, b, c) = three(source, stride: stride)
    return (a, b, c, Self(loading: source + 3 * stride))
  }

  /// Three vectors, `stride` apart.
  @inlinable @inline(__always) static func three(_ source: UnsafePointer<Scalar>, stride: Int) -> Three<Self> {
    (Self(loading: source), Self(loading: source + stride), Self(loading: source + 2 * stride))
  }

  /// Writes six vectors, `stride` apart.
  @inlinable @inline(__always)
  static func store(_ six: Six<Self>, to target: UnsafeMutablePointer<Scalar>, stride: Int) {
    store((six.0, six.1, six.2), to: target, stride: stride)
    store((six.3, six.4, six.5), to: target + 3 * stride, stride: stride)
  }

  /// Writes four vectors, `stride` apart.
  @inlinable @inline(__always)
  static func store(_ four: Four<Self>, to target: UnsafeMutablePointer<Scalar>, stride: Int) {
    store((four.0, four.1, four.2), to: target, stride: stride)
    four.3.store(to: target + 3 * stride)
  }

  /// Writes three vectors, `stride` apart.
  @inlinable @inline(__always)
  static func store(_ three: Three<Self>, to target: UnsafeMutablePointer<Scalar>, stride: Int) {
    three.0.store(to: target)
    three.1.store(to: target + stride)
    three.2.store(to: target + 2 * stride)
  }
}
