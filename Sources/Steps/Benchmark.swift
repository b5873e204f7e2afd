/// Work to be timed by `nbrun bench`.
public struct Benchmark: Sendable {
  /// What it is called: `gemm/1024`.
  package let name: String
  /// Floating-point operations of one run, multiplications and additions counted apart; 0 where they are not the point.
  package let operations: Double
  /// Bytes that one run must read and write at least; 0 where they are not the point.
  package let bytes: Double
  /// Makes the work's data, outside the timed part, and gives the work, for so many threads.
  package let prepare: @Sendable (_ threads: Int) -> () -> Void
  /// The ways to do the same work, where there are several; `prepare` takes the best.
  package var methods: [Method] = []

  /// One of several ways to do the same work.
  package struct Method: Sendable {
    /// What it is called: `winograd`.
    package let name: String
    /// Makes the work's data, and gives the work done this way, for so many threads.
    package let prepare: @Sendable (_ threads: Int) -> () -> Void
    /// The largest error of its results, relative to their root mean square.
    package let error: @Sendable () -> Double

    /// The way called `name`.
    package init(
      name: String, prepare: @escaping @Sendable (_ threads: Int) -> () -> Void,
      error: @escaping @Sendable () -> Double
    ) {
      (self.name, self.prepare, self.error) = (name, prepare, error)
    }
  }

  /// The name of the benchmark whose operations a second are the peak of one core.
  package static let peakName = "machine/fma-peak"

  /// Work called `name` that `prepare` makes, for so many threads.
  public init(
    name: String, operations: Double = 0, bytes: Double = 0,
    prepare: @escaping @Sendable (_ threads: Int) -> () -> Void
  ) {
    self.name = name
    self.operations = operations
    self.bytes = bytes
    self.prepare = prepare
  }

  /// The same work by one of its methods; nil where it has none of this name.
  package func by(_ method: String) -> Benchmark? {
    methods.first { $0.name == method }.map {
      var forced = Benchmark(name: name, operations: operations, bytes: bytes, prepare: $0.prepare)
      forced.methods = [$0]
      return forced
    }
  }

  /// How long one run takes.
  package struct Timing: Sendable {
    /// What was timed.
    package let benchmark: Benchmark
    /// The median over the runs, and the least.
    package let medianSeconds: Double, minimumSeconds: Double

    /// Billions of floating-point operations a second.
    package var gigaflops: Double { benchmark.operations / medianSeconds * 1e-9 }
    /// Billions of bytes a second.
    package var gigabytes: Double { benchmark.bytes / medianSeconds * 1e-9 }
  }

  /// Times three runs on so many threads to warm up, then at least seven and for about `seconds`; only one where `goesOn` says no.
  package func time(seconds: Double, threads: Int, while goesOn: () -> Bool = { true }) -> Timing {
    let work = prepare(threads)
    for _ in 0..<3 { work() }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var times: [Double] = []
    while goesOn() || times.isEmpty, times.count < 7 || clock.now < end {
      times.append(clock.measure { work() } / .seconds(1))
    }
    times.sort()
    let median = (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
    return Timing(benchmark: self, medianSeconds: median, minimumSeconds: times[0])
  }
}

extension [Benchmark] {
  /// The names of all methods, in the order in which they come.
  package var methodNames: [String] {
    reduce(into: []) { names, benchmark in
      names += benchmark.methods.map(\.name).filter { !names.contains($0) }
    }
  }
}
