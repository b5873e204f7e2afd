import NeuralNetworks
import RandomNumbers
import Tensors

/// The gradient of a network's loss with respect to one parameter: as the network computes it, and by centred differences, wider
/// ones where an entry is nearly zero.
struct NetworkGradient {
  var name: String
  var analytic: Tensor<Double>
  var numerical: NumericalGradient

  /// The two compared.
  var check: GradientCheck { GradientCheck(name: name, analytic: analytic, numerical: numerical) }

  /// The largest magnitude of an entry of either, entries at kinks left out.
  var largestEntry: Double {
    let kinks = Set(numerical.kinks)
    return (0..<analytic.count).filter { !kinks.contains($0) }.reduce(0) { largest, place in
      max(largest, analytic.elements[place].magnitude, numerical.gradient.elements[place].magnitude)
    }
  }
}

extension Network where Scalar == Double {
  /// The gradients of all parameters, in the order of their names.
  func gradients(
    _ images: Tensor<Double>, labels: [Int], random: NumPyRandom = NumPyRandom(seed: 0)
  ) -> [NetworkGradient] {
    let gradients = lossAndGradients(images, labels: labels, random: random).gradients
    return parameters.names.sorted().map { name in
      var varied = self
      let numerical = NumericalGradient(
        of: { value in
          varied.parameters[name] = value
          return Tensor([varied.lossAndGradients(images, labels: labels, random: random).loss], shape: [])
        },
        at: parameters[name], outputGradient: Tensor([1], shape: []))
      return NetworkGradient(name: name, analytic: gradients[name], numerical: numerical)
    }
  }
}
