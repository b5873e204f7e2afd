import NbrunTensors

/// Adam with decoupled weight decay: the penalty's gradient λ·w moves a weight by itself, instead of going through the means
/// that divide the step, where it would weigh least on the weights with the largest gradients. In the t-th step
///
/// w ← w − η·λ·w,   then as `Adam` without the penalty
///
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
package struct AdamW: Optimiser {
  /// Adam's settings.
  package var adam = Adam()
  /// η.
  package var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  package var memory: Set<OptimiserMemory> { adam.memory }

  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    var parameter = parameter
    if parameter.decay != 0 {
      let kept = Scalar(1 - learningRate * Double(parameter.decay))
      for index in 0..<parameter.count { parameter.values[index] *= kept }
      parameter.decay = 0
    }
    adam.move(parameter, state)
  }
}
