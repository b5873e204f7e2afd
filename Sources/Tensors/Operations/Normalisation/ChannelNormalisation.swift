import NbrunKernels

/// The sizes of a batch normalisation: each channel is one feature, observed in every example and at every position.
package struct ChannelSizes: Hashable, Sendable {
  /// How many examples there are, N.
  package var examples: Int
  /// How many channels there are, C.
  package var channels: Int
  /// How many positions a channel has in an example, H·W; 1 for a minibatch N×C.
  package var positions: Int

  /// Those of a minibatch N×C×….
  package init(_ shape: Shape) {
    (examples, channels, positions) = (shape[0], shape[1], shape.dimensions.dropFirst(2).reduce(1, *))
  }

  /// One channel's numbers of `input`.
  func planes<Scalar: KernelScalar>(_ input: UnsafePointer<Scalar>, channel: Int) -> ChannelPlanes<Scalar> {
    ChannelPlanes(input + channel * positions, count: examples, stride: channels * positions, length: positions)
  }

  /// How many observations there are of each feature.
  package var observations: Int { examples * positions }
}

/// What a batch normalisation knows of its channels: C numbers each.
package struct ChannelParameters<Scalar: KernelScalar> {
  /// μ, the mean.
  package var mean: UnsafePointer<Scalar>
  /// 1 / √(σ² + ε).
  package var inverseDeviation: UnsafePointer<Scalar>
  /// The factor.
  package var gamma: UnsafePointer<Scalar>

  /// The parameters of C channels.
  package init(mean: UnsafePointer<Scalar>, inverseDeviation: UnsafePointer<Scalar>, gamma: UnsafePointer<Scalar>) {
    (self.mean, self.inverseDeviation, self.gamma) = (mean, inverseDeviation, gamma)
  }
}

/// The mean and the uncorrected variance of each channel of N×C×positions numbers: C numbers each.
package func channelStatistics<Scalar: KernelScalar>(
  _ sizes: ChannelSizes, input: UnsafePointer<Scalar>, mean: UnsafeMutablePointer<Scalar>,
  variance: UnsafeMutablePointer<Scalar>, on device: Device
) {
  withScratch(of: Scalar.self, count: 2 * sizes.channels, on: device) { results in
    device.threads.run(count: sizes.channels) { channel in
      Scalar.run(ChannelStatistics(sizes.planes(input, channel: channel), result: results + 2 * channel))
    }
    for channel in 0..<sizes.channels {
      mean[channel] = results[2 * channel]
      variance[channel] = results[2 * channel + 1]
    }
  }
}

/// Normalises N×C×positions numbers: gamma · (x − μ) / √(σ² + ε) + beta, with ReLU where that is wanted.
///
/// - Parameter output: N×C×positions numbers.
package func channelNormalisation<Scalar: KernelScalar>(
  _ sizes: ChannelSizes, input: UnsafePointer<Scalar>, _ parameters: ChannelParameters<Scalar>,
  beta: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>, isRectified: Bool = false,
  on device: Device
) {
  device.threads.run(count: sizes.channels) { channel in
    Scalar.run(
      ChannelNormalisation(
        sizes.planes(input, channel: channel), scale: parameters.gamma[channel] * parameters.inverseDeviation[channel],
        centre: parameters.mean[channel], shift: beta[channel], isRectified: isRectified,
        output: output + channel * sizes.positions))
  }
}

/// The gradients of a batch normalisation, after ReLU where that stands behind it.
///
/// dx = gamma / √(σ² + ε) · (dout − (dbeta + x̂ · dgamma) / M) in training, where M is the number of observations; in testing
/// μ and σ² are constants and only dout is left in the bracket.
///
/// - Parameters:
///   - output: The output when ReLU stands behind the normalisation: where it is not positive, dout counts as zero.
///   - result: dx, N×C×positions numbers; may be `gradient`.
///   - gammaResult: dgamma = Σ dout·x̂, C numbers.
///   - betaResult: dbeta = Σ dout, C numbers.
package func channelNormalisationGradient<Scalar: KernelScalar>(
  _ sizes: ChannelSizes, input: UnsafePointer<Scalar>, _ parameters: ChannelParameters<Scalar>,
  gradient: UnsafePointer<Scalar>, output: UnsafePointer<Scalar>?, isTraining: Bool,
  result: UnsafeMutablePointer<Scalar>, gammaResult: UnsafeMutablePointer<Scalar>,
  betaResult: UnsafeMutablePointer<Scalar>, on device: Device
) {
  withScratch(of: Scalar.self, count: 2 * sizes.channels, on: device) { sums in
    device.threads.run(count: sizes.channels) { channel in
      let start = channel * sizes.positions
      let inverse = parameters.inverseDeviation[channel]
      let sum = sums + 2 * channel
      let gradients = ChannelGradients(
        sizes.planes(input, channel: channel), gradient: gradient + start, output: output.map { $0 + start },
        centre: parameters.mean[channel])
      Scalar.run(ChannelGradientSums(gradients, inverseDeviation: inverse, result: sum))
      betaResult[channel] = sum[0]
      gammaResult[channel] = sum[1]
      let share: Scalar = isTraining ? 1 / Scalar(sizes.observations) : 0
      Scalar.run(
        ChannelGradient(
          gradients, scale: parameters.gamma[channel] * inverse, offset: sum[0] * share,
          slope: sum[1] * share * inverse, result: result + start))
    }
  }
}
