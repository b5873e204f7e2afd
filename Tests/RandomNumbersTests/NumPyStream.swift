import NbrunDigests
import Foundation
import NbrunRandomNumbers
import Testing

/// One entry of `Fixtures/streams.json`: calls made in sequence after `np.random.seed(seed)`, and what NumPy drew.
struct NumPyStream: Decodable, CustomTestStringConvertible {
  var seed: UInt32
  var calls: [Call]

  struct Call: Decodable {
    var name: String
    var count: Int
    var arguments: [String]
    /// The draws as bits of `Double`, if they are real and few.
    var bits: [String]?
    /// The draws, if they are whole and few.
    var integers: [String]?
    /// The digest of the draws' little-endian bytes, if they are many.
    var digest: String?
  }

  var testDescription: String {
    "seed \(seed): "
      + calls.map { "\($0.name)(\(([String($0.count)] + $0.arguments).joined(separator: ", ")))" }
      .joined(separator: ", ")
  }

  static func all() throws -> [NumPyStream] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/streams.json")
    return try JSONDecoder().decode([NumPyStream].self, from: Data(contentsOf: file))
  }
}

/// What a call draws, either real or whole numbers.
enum Draws: Equatable {
  case reals([Double])
  case integers([Int])

  /// Whether these are the real numbers `expected`, up to the last bits.
  func isWithinTwoBits(of expected: [Double]) -> Bool {
    guard case .reals(let values) = self, values.count == expected.count else { return false }
    return zip(values, expected).allSatisfy { abs($0 - $1) <= 2 * $1.ulp }
  }

  /// The digest of the little-endian bytes.
  var digest: String {
    switch self {
    case .reals(let values): values.map(\.bitPattern.littleEndian).withUnsafeBytes { "\(SHA256.digest(of: $0))" }
    case .integers(let values): values.map(\.littleEndian).withUnsafeBytes { "\(SHA256.digest(of: $0))" }
    }
  }
}

extension NumPyRandom {
  /// Draws what `call` asks for.
  mutating func draw(_ call: NumPyStream.Call) throws -> Draws {
    func real(_ index: Int) throws -> Double { try #require(Double(call.arguments[index])) }
    func integer(_ index: Int) throws -> Int { try #require(Int(call.arguments[index])) }
    switch call.name {
    case "random_sample": return .reals(array(of: .randomSample, count: call.count))
    case "uniform": return .reals(array(of: .uniform(low: try real(0), high: try real(1)), count: call.count))
    case "standard_normal": return .reals(array(of: .standardNormal, count: call.count))
    case "normal":
      return .reals(array(of: .normal(mean: try real(0), standardDeviation: try real(1)), count: call.count))
    case "randint": return .integers(randint(try integer(0)..<(try integer(1)), count: call.count))
    case "choice": return .integers(choice(try integer(0), count: call.count))
    case "permutation": return .integers(permutation(call.count))
    case "shuffle":
      var numbers = (0..<call.count).map { 2 * $0 }
      shuffle(&numbers)
      return .integers(numbers)
    default: throw UnknownCall(name: call.name)
    }
  }
}

struct UnknownCall: Error {
  var name: String
}
