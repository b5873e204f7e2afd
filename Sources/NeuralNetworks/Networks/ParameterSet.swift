import NbrunTensors

/// A network's parameters, or their gradients, by name and in order.
package struct ParameterSet<Scalar: TensorScalar>: Sendable, Equatable, Codable {
  /// The names: `W1`, `b1`, …
  package let names: [String]
  /// The values, in the order of the names.
  package var values: [Tensor<Scalar>]

  /// Parameters of these names and values.
  package init(names: [String], values: [Tensor<Scalar>]) {
    guard names.count == values.count else { fatalError("\(names.count) names for \(values.count) parameters") }
    (self.names, self.values) = (names, values)
  }

  /// The same parameters, for `device` to compute with.
  package func on(_ device: Device) -> ParameterSet { ParameterSet(names: names, values: values.map { $0.on(device) }) }

  /// The parameter called `name`. Traps when there is none.
  package subscript(name: String) -> Tensor<Scalar> {
    get { values[index(of: name)] }
    _modify { yield &values[index(of: name)] }
  }

  private func index(of name: String) -> Int {
    guard let index = names.firstIndex(of: name) else {
      fatalError("no parameter is called \(name): they are \(names)")
    }
    return index
  }

  /// Whether the names and shapes are those of `other`.
  func hasSameShapes(as other: ParameterSet) -> Bool {
    names == other.names && values.map(\.shape) == other.values.map(\.shape)
  }

  /// How many numbers all parameters have together.
  package var elementCount: Int { values.reduce(0) { $0 + $1.count } }

  /// Whether the L2 penalty counts the parameter at `index`: the weights, `W…`, and neither biases nor gamma and beta.
  package func isPenalised(at index: Int) -> Bool { names[index].hasPrefix("W") }
}
