import NbrunSteps
import NbrunTensors

/// The shape that a cell gives as the parameter `key`.
///
/// - Throws: `ParameterError` where it has more elements than a cell should compute with.
func shape(_ lengths: [Int], of key: String) throws -> Shape {
  let limit = 1 << 27
  guard let shape = Shape(validating: lengths), shape.elementCount <= limit else {
    throw ParameterError(key, "arrays of more than \(limit) elements are too large for a cell")
  }
  return shape
}

/// What `check` gives; shapes that it refuses become a mistake in the parameter `key`.
func checking<Checked>(_ key: String, _ check: () throws -> Checked) throws -> Checked {
  do {
    return try check()
  } catch let error as ShapeError {
    throw ParameterError(key, error.message)
  }
}
