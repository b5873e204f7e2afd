import NbrunKernels
@testable import NbrunTensors

/// Convolution and pooling as their definitions read, on arrays: the oracle of the operations' tests.
struct ReferenceConvolution<Scalar: KernelScalar> {
  let sizes: ConvolutionGeometry

  /// Calls `body` with the places in output, input and filters of every product of the definition.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func forEachProduct(_ body: (_ output: Int, _ input: Int, _ filter: Int) -> Void) {
    let s = sizes
    for n in 0..<s.images {
      for f in 0..<s.filters {
        for y in 0..<s.outputHeight {
          for x in 0..<s.outputWidth {
            let output = ((n * s.filters + f) * s.outputHeight + y) * s.outputWidth + x
            for c in 0..<s.channels {
              for i in 0..<s.filterHeight {
                for j in 0..<s.filterWidth {
                  let row = y * s.stride + i - s.padding
                  let column = x * s.stride + j - s.padding
                  guard row >= 0, row < s.height, column >= 0, column < s.width else { continue }
                  body(
                    output, ((n * s.channels + c) * s.height + row) * s.width + column,
                    ((f * s.channels + c) * s.filterHeight + i) * s.filterWidth + j)
                }
              }
            }
          }
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func forward(_ images: [Scalar], _ filters: [Scalar], _ bias: [Scalar]?, isRectified: Bool) -> [Scalar] {
    let plane = sizes.outputPlaneCount
    var output = (0..<sizes.images * sizes.outputCount).map { bias?[$0 / plane % sizes.filters] ?? 0 }
    forEachProduct { output[$0] += images[$1] * filters[$2] }
    return isRectified ? output.map { $0 < 0 ? 0 : $0 } : output
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func inputGradient(_ gradient: [Scalar], _ filters: [Scalar]) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: sizes.images * sizes.imageCount)
    forEachProduct { result[$1] += gradient[$0] * filters[$2] }
    return result
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func filterGradient(_ images: [Scalar], _ gradient: [Scalar]) -> (filters: [Scalar], bias: [Scalar]) {
    var filters = [Scalar](repeating: 0, count: sizes.filters * sizes.taps)
    var bias = [Scalar](repeating: 0, count: sizes.filters)
    forEachProduct { filters[$2] += gradient[$0] * images[$1] }
    for (index, value) in gradient.enumerated() { bias[index / sizes.outputPlaneCount % sizes.filters] += value }
    return (filters, bias)
  }
}

/// Max pooling as its definition reads.
struct ReferencePooling<Scalar: KernelScalar> {
  let sizes: PoolingGeometry

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func forward(_ input: [Scalar]) -> (output: [Scalar], argmax: [Int]) {
    var output: [Scalar] = []
    var argmax: [Int] = []
    for plane in 0..<sizes.planes {
      for row in 0..<sizes.outputHeight {
        for column in 0..<sizes.outputWidth {
          let corner = (plane * sizes.height + row * sizes.stride) * sizes.width + column * sizes.stride
          let places = (0..<sizes.windowHeight * sizes.windowWidth).map {
            corner + $0 / sizes.windowWidth * sizes.width + $0 % sizes.windowWidth
          }
          let winner =
            places.first { input[$0].isNaN } ?? places.reduce(places[0]) { input[$1] > input[$0] ? $1 : $0 }
          output.append(input[winner])
          argmax.append(winner)
        }
      }
    }
    return (output, argmax)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func backward(_ gradient: [Scalar], argmax: [Int]) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: sizes.planes * sizes.height * sizes.width)
    for (index, winner) in argmax.enumerated() { result[winner] += gradient[index] }
    return result
  }
}

/// The largest difference, relative to the root mean square of what is expected.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
func relativeDifference<Scalar: BinaryFloatingPoint>(_ actual: [Scalar], _ expected: [Scalar]) -> Double {
  guard actual.count == expected.count else { return .infinity }
  let square = expected.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(expected.count, 1))
  let worst = zip(actual, expected).reduce(0.0) { worst, pair in
    let difference = abs(Double(pair.0) - Double(pair.1))
    return difference <= worst ? worst : difference
  }
  return worst / max(square.squareRoot(), 1e-30)
}
