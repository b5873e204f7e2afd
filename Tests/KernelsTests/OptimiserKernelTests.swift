import NbrunKernels
import Testing

@Suite("Kernels of optimisers")
struct OptimiserKernelTests {
  /// A parameter, w, and what a step takes of it: dw is the loss's gradient and that of an L2 penalty of 0.25.
  private struct Parameter {
    let w: [Double], gradient: [Double], dw: [Double]

    init(_ count: Int) {
      (w, gradient) = (eighths(count, seed: 1), eighths(count, seed: 2))
      dw = zip(gradient, w).map { $0 + 0.25 * $1 }
    }

    func piece<Scalar>(_ values: KernelMemory<Scalar>.Room<Scalar>, _ memory: KernelMemory<Scalar>)
      -> ParameterPiece<Scalar>
    { ParameterPiece(values: values.start, gradient: memory.input(gradient), decay: 0.25, count: w.count) }
  }

  @Test("gradient descent", arguments: kernelLengths)
  func gradientStep(count: Int) {
    gradientStep(count, Float.self)
    gradientStep(count, Double.self)
  }

  private func gradientStep<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) {
    let parameter = Parameter(count)
    KernelMemory<Scalar>.inEachVariant { memory in
      let values = memory.room(parameter.w)
      memory.run(GradientStep(parameter.piece(values, memory), rate: 0.5))
      memory.expect(values, zip(parameter.w, parameter.dw).map { $0 - 0.5 * $1 })
    }
  }

  @Test("momentum, in Nesterov's form too", arguments: kernelLengths, [false, true])
  func momentumStep(count: Int, isNesterov: Bool) {
    momentumStep(count, isNesterov, Float.self)
    momentumStep(count, isNesterov, Double.self)
  }

  private func momentumStep<Scalar: KernelScalar>(_ count: Int, _ isNesterov: Bool, _: Scalar.Type) {
    let (parameter, old) = (Parameter(count), eighths(count, seed: 3))
    let new = zip(old, parameter.dw).map { 0.75 * $0 - 0.5 * $1 }
    let ahead = isNesterov ? 0.75 : 0
    let moved = (0..<count).map { index -> Double in
      let step = new[index] + ahead * (new[index] - old[index])
      return parameter.w[index] + step
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let (values, velocity) = (memory.room(parameter.w), memory.room(old))
      memory.run(
        MomentumStep(
          parameter.piece(values, memory), velocity: velocity.start, momentum: 0.75, rate: 0.5, isNesterov: isNesterov))
      memory.expect(values, moved)
      memory.expect(velocity, new)
    }
  }

  @Test("Adam and RMSProp, which divide by a running mean of squares", arguments: kernelLengths)
  func meanSquareSteps(count: Int) {
    meanSquareSteps(count, Float.self)
    meanSquareSteps(count, Double.self)
  }

  private func meanSquareSteps<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) {
    let (parameter, old) = (Parameter(count), eighths(count, seed: 4))
    let squares = eighths(count, seed: 5).map { $0 * $0 }
    let (w, dw) = (parameter.w, parameter.dw)
    let m = zip(old, dw).map { 0.75 * $0 + 0.25 * $1 }
    let v = zip(squares, dw).map { 0.875 * $0 + 0.125 * $1 * $1 }
    KernelMemory<Scalar>.inEachVariant { memory in
      let (values, mean, meanSquare) = (memory.room(w), memory.room(old), memory.room(squares))
      memory.run(
        AdamStep(
          parameter.piece(values, memory), mean: mean.start, meanSquare: meanSquare.start, beta1: 0.75, beta2: 0.875,
          gradientShare: 0.25, squareShare: 0.125, rate: 0.5, squareCorrection: 4, epsilon: 0.125))
      memory.expect(values, w.indices.map { w[$0] - 0.5 * m[$0] / ((4 * v[$0]).squareRoot() + 0.125) })
      memory.expect(mean, m)
      memory.expect(meanSquare, v)
    }
    KernelMemory<Scalar>.inEachVariant { memory in
      let (values, meanSquare) = (memory.room(w), memory.room(squares))
      memory.run(
        RMSPropStep(
          parameter.piece(values, memory), meanSquare: meanSquare.start, decayRate: 0.875, squareShare: 0.125,
          rate: 0.5, epsilon: 0.125))
      memory.expect(values, w.indices.map { w[$0] - 0.5 * dw[$0] / (v[$0].squareRoot() + 0.125) })
      memory.expect(meanSquare, v)
    }
  }
}
