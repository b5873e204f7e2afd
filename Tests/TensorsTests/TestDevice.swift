import NbrunTensors

/// Where tests compute that do not compare devices: on more than one thread.
let device = Device(threads: 2)

extension Tensor {
  /// The numbers 0, 1, … below `count`.
  static func arange(_ count: Int) -> Tensor { Tensor((0..<count).map { Scalar($0) }) }
}
