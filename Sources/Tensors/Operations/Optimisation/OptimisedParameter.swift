import NbrunKernels

/// A parameter that an optimiser moves, and its gradient.
package struct OptimisedParameter<Scalar: KernelScalar> {
  /// Where its gradient comes from.
  package enum Gradient {
    /// As many numbers as the parameter has.
    case elements(UnsafePointer<Scalar>)
    /// A product of two matrices, in row-major order. It is computed a band of rows at a time, each while its rows of the
    /// parameter are moved, and never stands in memory as a whole.
    case product(MatrixProductShape, MatrixOperand<Scalar>, MatrixOperand<Scalar>)
  }

  /// The parameter: `count` numbers, which move.
  package var values: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without the L2 penalty.
  package var gradient: Gradient
  /// λ of the L2 penalty ½·λ·Σw²; its gradient λ·w is added in the same pass.
  package var decay: Scalar
  /// How many numbers the parameter has.
  package var count: Int
  /// What moves it.
  package var device: Device

  /// A parameter and its gradient.
  package init(values: UnsafeMutablePointer<Scalar>, gradient: Gradient, decay: Scalar, count: Int, on device: Device) {
    (self.values, self.gradient, self.decay, self.count, self.device) = (values, gradient, decay, count, device)
  }

  /// Moves the parameter piece by piece: `step` gives the kernel for each, which begins at the number `start`.
  package func run<Step: OptimiserStep>(_ step: (ParameterPiece<Scalar>, _ start: Int) -> Step)
  where Step.Scalar == Scalar {
    func run(_ range: Range<Int>, _ gradient: UnsafePointer<Scalar>) {
      let start = range.lowerBound
      let piece = ParameterPiece(values: values + start, gradient: gradient, decay: decay, count: range.count)
      Scalar.run(step(piece, start))
    }
    switch gradient {
    case .elements(let elements):
      device.threads.runInPieces(of: elementsAtOnce, count: count) { run($0, elements + $0.lowerBound) }
    case .product(let shape, let left, let right):
      BlockedMatrixProduct(shape: shape, left: left, right: right).runInBands(on: device) { rows, band in
        run(rows.lowerBound * shape.columns..<rows.upperBound * shape.columns, band)
      }
    }
  }
}
