import NbrunKernels

/// Work that shows what the machine can do at most.
package enum MachineMeasurements {
  /// Multiplications and additions that `multiplyAndAdd` makes on a thread, counted apart.
  package static let operationsOnThread = 2 * 12 * 8 * roundCount

  private static let roundCount = 1 << 18

  /// Multiplies and adds floats in registers, on the calling thread.
  package static func multiplyAndAdd() {
    withScratch(of: Float.self, count: 256, on: .serial) { numbers in
      for index in 0..<256 { numbers[index] = Float(index) / 256 }
      Float.run(ArithmeticPeak(numbers: numbers, count: roundCount, result: numbers + 128))
    }
  }
}
