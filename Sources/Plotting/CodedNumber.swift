/// A number as figures are stored: JSON has no NaN and no infinities, so these are the strings `"NaN"`, `"Infinity"`
/// and `"-Infinity"`, as in a run's results.
struct CodedNumber: Codable {
  var value: Double

  init(_ value: Double) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
      return
    }
    switch try container.decode(String.self) {
    case "NaN": value = .nan
    case "Infinity": value = .infinity
    case "-Infinity": value = -.infinity
    case let other:
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(other)' is not a number")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite {
      try container.encode(value)
    } else {
      try container.encode(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
    }
  }
}

/// Numbers of a figure, stored as such; two lists of them are equal when they are the same data.
struct CodedNumbers: Codable, Sendable, Equatable {
  var values: [Double]

  init(_ values: [Double]) { self.values = values }
  init(from decoder: any Decoder) throws { values = try [CodedNumber](from: decoder).map(\.value) }
  func encode(to encoder: any Encoder) throws { try values.map(CodedNumber.init).encode(to: encoder) }

  static func == (left: CodedNumbers, right: CodedNumbers) -> Bool {
    left.values.elementsEqual(right.values, by: isSame)
  }
}

/// Whether two numbers are the same datum: NaN equals NaN here, so that a figure equals its copy.
func isSame(_ left: Double, _ right: Double) -> Bool { left == right || (left.isNaN && right.isNaN) }
