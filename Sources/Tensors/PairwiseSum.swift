/// The sum of `count` numbers by NumPy's pairwise summation, to the bit: its rounding error grows with the logarithm of
/// `count` instead of `count` itself.
///
/// Source: `pairwise_sum` in NumPy's `loops_utils.h`: eight partial sums up to 128 numbers, halves beyond.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func pairwiseSum<Scalar: TensorScalar>(_ x: UnsafePointer<Scalar>, count: Int) -> Scalar {
  if count < 8 {
    // NumPy starts from -0, so that the sum of negative zeros keeps its sign.
    var sum: Scalar = -0.0
    for i in 0..<count { sum += x[i] }
    return sum
  }
  if count <= 128 {
    func eight(from start: Int) -> SIMD8<Scalar> { UnsafeRawPointer(x + start).loadUnaligned(as: SIMD8<Scalar>.self) }
    let whole = count - count % 8
    var partial = eight(from: 0)
    for start in stride(from: 8, to: whole, by: 8) { partial += eight(from: start) }
    let (low, high) = (partial.lowHalf, partial.highHalf)
    var sum = ((low[0] + low[1]) + (low[2] + low[3])) + ((high[0] + high[1]) + (high[2] + high[3]))
    for i in whole..<count { sum += x[i] }
    return sum
  }
  // The depth of the recursion is the logarithm of `count`.
  let half = count / 2 - (count / 2) % 8
  return pairwiseSum(x, count: half) + pairwiseSum(x + half, count: count - half)
}
