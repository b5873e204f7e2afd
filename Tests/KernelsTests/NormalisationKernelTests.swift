import NbrunKernels
import Testing

@Suite("Kernels of batch normalisation")
struct NormalisationKernelTests {
  static let lengths = [1, 3, 4, 7, 8, 9, 16, 33]

  /// Three planes of one channel, with numbers of other channels between them that do not count.
  private struct Channel {
    let length: Int
    var stride: Int { length + 5 }
    /// Where the channel's numbers stand.
    var offsets: [Int] { (0..<3).flatMap { $0 * stride..<$0 * stride + length } }

    /// Numbers of this channel, and NaN between them.
    func numbers(seed: Int, around centre: Double = 0) -> [Double] {
      var all = [Double](repeating: .nan, count: 2 * stride + length)
      for (offset, number) in zip(offsets, eighths(3 * length, seed: seed)) { all[offset] = centre + number }
      return all
    }

    /// What a kernel is to write for each number, and nothing between them.
    func results(_ result: (Int) -> Double) -> [Double?] {
      var all = [Double?](repeating: nil, count: 2 * stride + length)
      for offset in offsets { all[offset] = result(offset) }
      return all
    }

    func planes<Scalar>(_ input: UnsafePointer<Scalar>) -> ChannelPlanes<Scalar> {
      ChannelPlanes(input, count: 3, stride: stride, length: length)
    }
  }

  @Test("mean and variance, also of numbers far from zero", arguments: lengths + [205], [0, 1000, 1_000_003])
  func statistics(length: Int, centre: Double) {
    statistics(length, centre, Float.self)
    statistics(length, centre, Double.self)
  }

  private func statistics<Scalar: KernelScalar>(_ length: Int, _ centre: Double, _: Scalar.Type) {
    let channel = Channel(length: length)
    let all = channel.numbers(seed: 1, around: centre)
    let x = channel.offsets.map { all[$0] }
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    KernelMemory<Scalar>.inEachVariant { memory in
      let result = memory.room(count: 2)
      memory.run(ChannelStatistics(channel.planes(memory.input(all)), result: result.start))
      memory.expect(result, [mean, variance])
      // Far from zero the mean is right to the last digit too, which a plain sum's is not.
      #expect(abs(Double(result.start[0]) - mean) <= Double(max(Scalar(mean).ulp, .ulpOfOne)))
    }
  }

  @Test("normalised numbers, with and without ReLU", arguments: lengths, [false, true])
  func normalisation(length: Int, isRectified: Bool) {
    normalisation(length, isRectified, Float.self)
    normalisation(length, isRectified, Double.self)
  }

  private func normalisation<Scalar: KernelScalar>(_ length: Int, _ isRectified: Bool, _: Scalar.Type) {
    let channel = Channel(length: length)
    let x = channel.numbers(seed: 2)
    KernelMemory<Scalar>.inEachVariant { memory in
      let output = memory.room(count: x.count)
      memory.run(
        ChannelNormalisation(
          channel.planes(memory.input(x)), scale: 1.5, centre: 0.25, shift: -0.5, isRectified: isRectified,
          output: output.start))
      memory.expect(
        output,
        channel.results { offset in
          let y = (x[offset] - 0.25) * 1.5 - 0.5
          return isRectified ? max(y, 0) : y
        })
    }
  }

  @Test("the gradient and its sums, with and without ReLU behind", arguments: lengths, [false, true])
  func gradient(length: Int, isRectified: Bool) {
    gradient(length, isRectified, Float.self)
    gradient(length, isRectified, Double.self)
  }

  private func gradient<Scalar: KernelScalar>(_ length: Int, _ isRectified: Bool, _: Scalar.Type) {
    let channel = Channel(length: length)
    let (x, y, gradient) = (channel.numbers(seed: 3), channel.numbers(seed: 4), channel.numbers(seed: 5))
    func dout(_ offset: Int) -> Double { isRectified && y[offset] <= 0 ? 0 : gradient[offset] }
    let sum = channel.offsets.reduce(0) { $0 + dout($1) }
    let products = channel.offsets.reduce(0) { $0 + dout($1) * (x[$1] - 0.25) }
    KernelMemory<Scalar>.inEachVariant { memory in
      let gradients = ChannelGradients(
        channel.planes(memory.input(x)), gradient: memory.input(gradient), output: isRectified ? memory.input(y) : nil,
        centre: 0.25)
      let (sums, result) = (memory.room(count: 2), memory.room(count: x.count))
      memory.run(ChannelGradientSums(gradients, inverseDeviation: 1.5, result: sums.start))
      memory.expect(sums, [sum, 1.5 * products])
      memory.run(ChannelGradient(gradients, scale: 0.75, offset: 0.125, slope: -0.5, result: result.start))
      memory.expect(result, channel.results { 0.75 * (dout($0) - (0.125 - 0.5 * (x[$0] - 0.25))) })
    }
  }
}
