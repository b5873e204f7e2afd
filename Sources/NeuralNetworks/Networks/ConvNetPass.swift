import RandomNumbers
import Tensors

/// One pass of a minibatch through a `ConvNet`: what its stages read and change besides their parameters.
struct ConvNetPass<Scalar: TensorScalar> {
  let mode: Mode
  var random: NumPyRandom
  var runningStatistics: [BatchNormalisation.RunningStatistics<Scalar>]

  /// Takes the gradient with respect to a stage's output to those with respect to its input, where that is asked for, and its
  /// parameters.
  typealias Backward = (
    _ dout: consuming Tensor<Scalar>, _ wantsInput: Bool
  ) -> (dx: Tensor<Scalar>?, parameters: [Gradient<Scalar>])

  /// A stage's output for the input `x`, and its backward pass.
  mutating func forward(
    _ stage: ConvNetPlan.Stage, _ x: Tensor<Scalar>, _ parameters: ArraySlice<Tensor<Scalar>>
  ) -> (output: Tensor<Scalar>, backward: Backward) {
    let p = Array(parameters)
    switch stage.kind {
    case .convolution(let layer):
      let (output, cache) = layer.forward(x, p[0], p[1])
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .convReLU(let layer):
      let (output, cache) = layer.forward(x, p[0], p[1])
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .convReLUPool(let layer):
      let (output, cache) = layer.forward(x, p[0], p[1])
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .convBatchNormReLU(let layer):
      let (output, cache) = layer.forward(
        x, p[0], p[1], gamma: p[2], beta: p[3], running: &runningStatistics[stage.statistics!], mode: mode)
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .affineBatchNormReLU:
      let layer = AffineBatchNormReLU()
      let (output, cache) = layer.forward(
        x, p[0], p[1], gamma: p[2], beta: p[3], running: &runningStatistics[stage.statistics!], mode: mode)
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .affine:
      let (output, cache) = Affine().forward(x, p[0], p[1])
      return (output, Self.backward({ Affine().backward($0, cache) }, { Affine().parameterGradients($0, cache) }))
    case .affineReLU:
      let layer = AffineReLU()
      let (output, cache) = layer.forward(x, p[0], p[1])
      return (output, Self.backward({ layer.backward($0, cache) }, { layer.parameterGradients($0, cache) }))
    case .batchNormalisation(let isSpatial):
      let layer = BatchNormalisation()
      let statistics = stage.statistics!
      let (output, cache) =
        isSpatial
        ? SpatialBatchNormalisation().forward(
          x, gamma: p[0], beta: p[1], running: &runningStatistics[statistics], mode: mode)
        : layer.forward(x, gamma: p[0], beta: p[1], running: &runningStatistics[statistics], mode: mode)
      return (
        output,
        { dout, _ in
          let (dx, dgamma, dbeta) = layer.backward(dout, cache)
          return (dx, [.array(dgamma), .array(dbeta)])
        }
      )
    case .relu:
      let (output, cache) = ReLU().forward(x)
      return (output, { dout, _ in (ReLU().backward(dout, cache), []) })
    case .pool(let layer):
      let (output, cache) = layer.forward(x)
      return (output, { dout, _ in (layer.backward(dout, cache), []) })
    case .dropout(let layer):
      let (output, cache) = layer.forward(x, mode: mode, random: &random)
      return (output, { dout, _ in (layer.backward(dout, cache), []) })
    }
  }

  /// The backward pass of a layer with filters and biases, from its two forms with and without the input's gradient.
  private static func backward(
    _ all: @escaping (consuming Tensor<Scalar>) -> (Tensor<Scalar>, Tensor<Scalar>, Tensor<Scalar>),
    _ own: @escaping (consuming Tensor<Scalar>) -> (Tensor<Scalar>, Tensor<Scalar>)
  ) -> Backward {
    backward(
      { dout in
        let (dx, dw, db) = all(dout)
        return (dx, Gradient.array(dw), db)
      },
      { dout in
        let (dw, db) = own(dout)
        return (Gradient.array(dw), db)
      })
  }

  /// The same for a layer with a matrix of weights.
  private static func backward(
    _ all: @escaping (consuming Tensor<Scalar>) -> (Tensor<Scalar>, Gradient<Scalar>, Tensor<Scalar>),
    _ own: @escaping (consuming Tensor<Scalar>) -> (Gradient<Scalar>, Tensor<Scalar>)
  ) -> Backward {
    { dout, wantsInput in
      guard wantsInput else {
        let (dw, db) = own(dout)
        return (nil, [dw, .array(db)])
      }
      let (dx, dw, db) = all(dout)
      return (dx, [dw, .array(db)])
    }
  }

  /// The same for a layer with a batch normalisation in it.
  private static func backward(
    _ all: @escaping (consuming Tensor<Scalar>) -> (Tensor<Scalar>, ConvBatchNormReLU.ParameterGradients<Scalar>),
    _ own: @escaping (consuming Tensor<Scalar>) -> ConvBatchNormReLU.ParameterGradients<Scalar>
  ) -> Backward {
    { dout, wantsInput in
      guard wantsInput else {
        let (dw, db, dgamma, dbeta) = own(dout)
        return (nil, [dw, .array(db), .array(dgamma), .array(dbeta)])
      }
      let (dx, (dw, db, dgamma, dbeta)) = all(dout)
      return (dx, [dw, .array(db), .array(dgamma), .array(dbeta)])
    }
  }
}
