/// Work to be timed by `nbrun bench`.
public struct Benchmark: Sendable {
  /// What it is called: `gemm/1024`.
  package let name: String
  /// Floating-point operations of one run, multiplications and additions counted apart; 0 where they are not the point.
  package let operations: Double
  /// Bytes that one run must read and write at least; 0 where they are not the point.
  package let bytes: Double
  /// Makes the work's data, outside the timed part, and gives the work.
  package let prepare: @Sendable () -> () -> Void

  /// The name of the benchmark whose operations a second are the peak of one core.
  package static let peakName = "machine/fma-peak"

  /// Work called `name` that `prepare` makes.
  public init(name: String, operations: Double = 0, bytes: Double = 0, prepare: @escaping @Sendable () -> () -> Void) {
    self.name = name
    self.operations = operations
    self.bytes = bytes
    self.prepare = prepare
  }
}
