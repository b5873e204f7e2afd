import NbrunPlatform
import NbrunTensors

/// A gradient by centred differences, and the entries for which there is none.
///
/// At a kink (a ReLU's sign or a pooling's argmax changes between x − h and x + h) the one-sided differences disagree
/// however small h is, and there is no derivative to compare with. A kink is told from a curve by the second difference
///
/// D(h) = f(x + h) − 2·f(x) + f(x − h)
///
/// of each output: along a curve it shrinks with h², so that D(h) = 4·D(h/2) = 16·D(h/4). A kink of slope change Δ at distance
/// t < h gives D(h) = (h − t)·Δ, and both equations hold for no t: where the first does (t = h/3), the second does not. What
/// is below the rounding noise of f cannot be told, but then neither does it move the centred difference, which is wrong by
/// D(h)/2h at a kink, by more than its own noise.
///
/// An entry that is nearly zero, because many contributions cancel, can be smaller than ten million times the rounding noise
/// of its difference. What the comparison of such an entry would show is that noise, so it is taken from wider differences,
/// which have less of it (see `WiderDifferences`).
package struct NumericalGradient: Sendable {
  /// The centred differences, of the shape of what was varied.
  package var gradient: Tensor<Double>
  /// The indices, in row-major order, of the entries that stand at a kink.
  package var kinks: [Int]

  /// The gradient at `x` of Σ outputGradient · f(x), for a function that gives a tensor.
  ///
  /// Each entry is Σ outputGradient · (f(x + h) − f(x − h)) / 2h with h = `step`, unless it is nearly zero.
  /// - Parameter widens: whether entries that are nearly zero are taken from wider differences, which meet more kinks.
  package init(
    of function: (Tensor<Double>) -> Tensor<Double>, at x: Tensor<Double>, outputGradient: Tensor<Double>,
    step: Double = 1e-5, widens: Bool = true
  ) {
    let center = function(x)
    let detector = KinkDetector(center: center, evaluationNoise: evaluationNoise(of: function, at: x, center, step))
    let weighted = center * outputGradient
    let noise = .ulpOfOne * (weighted * weighted).sum().squareRoot() / step
    var x = x
    var gradient = Tensor<Double>.zeros(x.shape, on: x.device)
    var kinks: [Int] = []
    for index in 0..<x.count {
      let value = x.replace(at: index, with: 0)
      func values(_ offset: Double) -> Tensor<Double> {
        x.replace(at: index, with: value + offset)
        return function(x)
      }
      func quotient(_ above: Tensor<Double>, _ below: Tensor<Double>, _ width: Double) -> Double {
        ((above - below) * outputGradient).sum() / (2 * width)
      }
      let (above, below) = (values(step), values(-step))
      var derivative = quotient(above, below, step)
      if detector.seesKink(above, below, { (values(step * $0), values(-step * $0)) }) {
        kinks.append(index)
      } else if widens, derivative.magnitude < 1e7 * noise {
        let wider = WiderDifferences(from: derivative, step: step) { quotient(values($0), values(-$0), $0) }
        // What is further away than rounding explains has met a kink beyond the step.
        if (wider.derivative - derivative).magnitude <= 4 * noise { derivative = wider.derivative }
      }
      gradient.replace(at: index, with: derivative)
      x.replace(at: index, with: value)
    }
    (self.gradient, self.kinks) = (gradient, kinks)
  }

  /// The gradient at `x` of a function that gives a number; entries that are nearly zero are taken as they are unless said.
  package init(
    of function: (Tensor<Double>) -> Double, at x: Tensor<Double>, step: Double = 1e-5, widens: Bool = false
  ) {
    self.init(
      of: { Tensor([function($0)], shape: []) }, at: x, outputGradient: Tensor([1], shape: []), step: step,
      widens: widens)
  }
}

/// What rounding inside a function puts into its outputs, about a standard deviation of the noisiest one.
///
/// A function may compute with numbers that are far larger than its outputs, such as a mean that it takes off again. All
/// entries of x are moved together, each its own way, by multiples of a thousandth of the step. So short a piece of a smooth function is
/// straight, and the fourth difference of five values on it is rounding alone, √70 times that of one. Taken on both sides
/// of x; a kink within the thousandth part of the step would be seen on one of them, and the smaller counts. Source: Moré and
/// Wild, "Estimating computational noise", 2011.
private func evaluationNoise(
  of function: (Tensor<Double>) -> Tensor<Double>, at x: Tensor<Double>, _ center: Tensor<Double>, _ step: Double
) -> Double {
  // As if at random, so that no entries move alike and cancel.
  let direction = Tensor<Double>((0..<x.count).map { sin(Double($0 * $0) + 1) }).reshaped(x.shape)
  func fourthDifference(_ spacing: Double) -> Double {
    let values = (1...4).map { function(x + Double($0) * spacing * direction) }
    let difference = center - 4 * values[0] + 6 * values[1] - 4 * values[2] + values[3]
    return difference.count == 0 ? 0 : difference.map(\.magnitude).max() / 70.0.squareRoot()
  }
  return min(fourthDifference(1e-3 * step), fourthDifference(-1e-3 * step))
}

/// Finds kinks between x − h and x + h by second differences (see `NumericalGradient`).
private struct KinkDetector {
  /// f(x).
  let center: Tensor<Double>
  /// See the function of this name.
  let evaluationNoise: Double

  /// Whether some output has a kink; `narrower` gives f(x + s·h) and f(x − s·h) for a part s of h.
  func seesKink(
    _ above: Tensor<Double>, _ below: Tensor<Double>, _ narrower: (Double) -> (Tensor<Double>, Tensor<Double>)
  ) -> Bool {
    // The rounding error of a second difference: some units in the last place of the largest output, or of what the function
    // computes with.
    var (largest, widest) = (0.0, 0.0)
    withPointers(center, above, below) { center, above, below in
      for i in 0..<self.center.count {
        largest = .propagatingMaximum(largest, .propagatingMaximum(center[i].magnitude, above[i].magnitude))
        let difference = (above[i] - center[i]) + (below[i] - center[i])
        widest = Swift.max(widest, difference.magnitude)
      }
    }
    let noise = 32 * Swift.max(.ulpOfOne * largest, evaluationNoise)
    guard widest > noise else { return false }
    let whole = secondDifference(above, below)
    for part in [0.5, 0.25] {
      let (above, below) = narrower(part)
      let scale = 1 / (part * part)
      for (d, narrow) in zip(whole.elements, secondDifference(above, below).elements) {
        let tolerance = Swift.max((1 + scale) * noise, 0.01 * d.magnitude)
        if d.magnitude > noise, (d - scale * narrow).magnitude > tolerance { return true }
      }
    }
    return false
  }

  private func secondDifference(_ above: Tensor<Double>, _ below: Tensor<Double>) -> Tensor<Double> {
    (above - center) + (below - center)
  }
}

extension Tensor {
  /// Puts `value` at an index in row-major order; returns what was there.
  @discardableResult
  fileprivate mutating func replace(at index: Int, with value: Scalar) -> Scalar {
    withUnsafeMutableBufferPointer { elements in
      defer { elements[index] = value }
      return elements[index]
    }
  }
}
