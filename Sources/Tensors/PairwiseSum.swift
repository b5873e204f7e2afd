/// The sum of `count` numbers by NumPy's pairwise summation, to the bit: its rounding error grows with the logarithm of
/// `count` instead of `count` itself.
///
/// Source: `pairwise_sum` in NumPy's `loops_utils.h`: eight partial sums up to 128 numbers, halves beyond.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func pairwiseSum<Scalar: TensorScalar>(_ x: UnsafePointer<Scalar>, count: Int) -> Scalar {
  if count < 8 {
    // NumPy starts from -0, so that the sum of negative zeros keeps its sign.
    var sum: Scalar = -0.0
    for i in 0..<count { sum += x[i] }
    return sum
  }
  if count <= 128 {
    var partial = (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7])
    var i = 8
    while i < count - count % 8 {
      partial.0 += x[i]
      partial.1 += x[i + 1]
      partial.2 += x[i + 2]
      partial.3 += x[i + 3]
      partial.4 += x[i + 4]
      partial.5 += x[i + 5]
      partial.6 += x[i + 6]
      partial.7 += x[i + 7]
      i += 8
    }
    var sum = ((partial.0 + partial.1) + (partial.2 + partial.3)) + ((partial.4 + partial.5) + (partial.6 + partial.7))
    while i < count {
      sum += x[i]
      i += 1
    }
    return sum
  }
  // The depth of the recursion is the logarithm of `count`.
  let half = count / 2 - (count / 2) % 8
  return pairwiseSum(x, count: half) + pairwiseSum(x + half, count: count - half)
}
