import Foundation
import NbrunTensors

/// Reads reference values from `Fixtures`.
enum Fixture {
  static func load<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// The largest difference between two tensors as a part of the largest element of the second.
func scaledDifference<Scalar: TensorScalar>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Double {
  let scale = Swift.max(Double(b.map(\.magnitude).max()), 1e-300)
  return Double((a - b).map(\.magnitude).max()) / scale
}
